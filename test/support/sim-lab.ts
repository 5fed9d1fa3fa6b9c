/** A simulated lab that a test gives one command after the other. */
import type { AnswerOf } from '../../shared/bridge.ts';
import type { CommandOf, CommandType } from '../../shared/command.ts';
import type { EventOf, EventType, LabEvent } from '../../shared/event.ts';
import type { NodeId } from '../../shared/ids.ts';
import { currentLeader } from '../../shared/projection/cluster-view.ts';
import type { Result } from '../../shared/result.ts';
import type { SimLabSettings } from '../../main/sim/lab/lab-context.ts';
import { SimLab } from '../../main/sim/lab/sim-lab.ts';

const millisecond = 1_000_000;
/** Nothing takes longer, ms of virtual time. */
const patienceMs = 60_000;

export class DrivenLab {
  readonly lab: SimLab;
  /** Everything that came out of the stream. */
  readonly events: LabEvent[] = [];

  constructor(settings: Partial<SimLabSettings> = {}) {
    this.lab = new SimLab({ seed: 1, ...settings });
    this.lab.subscribe((events) => this.events.push(...events));
  }

  /** Lets time pass until the command is answered. */
  ask<Type extends CommandType>(command: CommandOf<Type>): Result<AnswerOf<Type>> {
    let answer: Result<AnswerOf<Type>> | undefined;
    this.lab.execute(command, (result) => {
      if (answer) throw new Error('answered twice');
      answer = result;
    });
    this.until(() => answer !== undefined);
    if (!answer) throw new Error('not answered');
    return answer;
  }

  /** The same for one that must succeed. */
  do<Type extends CommandType>(command: CommandOf<Type>): AnswerOf<Type> {
    const result = this.ask(command);
    if (!result.ok) throw new Error(`${result.failure.code}: ${result.failure.message}`);
    return result.value;
  }

  runFor(ms: number): void {
    this.lab.advance(this.lab.nowNs() + ms * millisecond);
  }

  until(isOver: () => boolean): void {
    this.lab.advance(this.lab.nowNs() + patienceMs * millisecond, isOver);
    if (!isOver()) throw new Error(`it did not happen within ${patienceMs} ms`);
  }

  eventsOf<Type extends EventType>(type: Type): EventOf<Type>[] {
    return this.events.filter((event): event is EventOf<Type> => event.type === type);
  }

  /** Waits until a server leads, other than `except`. */
  leader(except?: NodeId): NodeId {
    let leader: NodeId | undefined;
    this.until(() => {
      leader = currentLeader(this.lab.view)?.id;
      return leader !== undefined && leader !== except;
    });
    return leader ?? -1;
  }

  append(node: NodeId, ...entries: string[]): Result<AnswerOf<'append'>> {
    return this.ask({ type: 'append', node, entries });
  }

  texts(node: NodeId, read: 'linearizable' | 'local' = 'linearizable'): string[] {
    const { entries } = this.do({ type: 'index-range', node, startIndex: 0, endIndex: 1_000, read });
    return entries.map(({ payload }) => new TextDecoder().decode(payload));
  }
}

/** A lab with a cluster in which someone leads. */
export function startDrivenLab(nodes: number, settings: Partial<SimLabSettings> = {}): DrivenLab {
  const driven = new DrivenLab(settings);
  driven.do({ type: 'start-cluster', nodes });
  driven.leader();
  return driven;
}

/** A server that does not lead. */
export function followerOf(driven: DrivenLab, nodes: number): NodeId {
  return (driven.leader() + 1) % nodes;
}
