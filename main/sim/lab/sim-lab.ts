/**
 * The simulated lab: carries out the same commands as the real one, on simulated servers in virtual time, and makes the same
 * stream of events. Time stands still until someone drives it. Same seed, same commands at the same times: same stream.
 */
import type { AnswerOf } from '../../../shared/bridge.ts';
import { paperTimings } from '../../../shared/cluster-config.ts';
import { commandSchema, type CommandOf, type CommandType } from '../../../shared/command.ts';
import type { BenchEvent } from '../../../shared/event.ts';
import type { ClusterView } from '../../../shared/projection/cluster-view.ts';
import type { NodeId } from '../../../shared/ids.ts';
import type { HeldEntry } from '../../../shared/query.ts';
import { fail, type Result } from '../../../shared/result.ts';
import { describeSchemaProblem } from '../../../shared/schema-problem.ts';
import type { LabPort } from '../../lab-port.ts';
import { wentWrong } from '../../lab-words.ts';
import { World } from '../world.ts';
import { clientCommands } from './commands/client-commands.ts';
import { clusterCommands } from './commands/cluster-commands.ts';
import type { CommandHandlers } from './commands/command-handlers.ts';
import { judgeCommand } from './commands/judge-command.ts';
import { leaderCommands } from './commands/leader-commands.ts';
import { linkCommands } from './commands/link-commands.ts';
import { machineCommands } from './commands/machine-commands.ts';
import { nodeCommands } from './commands/node-commands.ts';
import { refuse } from './commands/refuse.ts';
import { scenarioCommands } from './commands/scenario-commands.ts';
import { workloadCommands } from './commands/workload-commands.ts';
import { worldCommands } from './commands/world-commands.ts';
import { LabContext, type SimLabSettings } from './lab-context.ts';
import { SimStream, type EventSubscriber } from './sim-stream.ts';

const microsecond = 1_000;

/** A network and a disk of an ordinary machine. */
const ordinary: Omit<SimLabSettings, 'seed'> = {
  level: 'upper',
  timings: paperTimings,
  latency: { minNs: 200 * microsecond, maxNs: 1_000 * microsecond, grainNs: 1 },
  flush: { minNs: 100 * microsecond, maxNs: 2_000 * microsecond },
  requestNs: 200 * microsecond,
};

export class SimLab implements LabPort {
  readonly #world = new World();
  readonly #stream = new SimStream(this.#world);
  readonly #context: LabContext;
  readonly #handlers: CommandHandlers;

  /** @param settings what is missing is that of an ordinary machine, with the paper's timings */
  constructor(settings: Pick<SimLabSettings, 'seed'> & Partial<SimLabSettings>) {
    this.#context = new LabContext({ ...ordinary, ...settings }, this.#world, this.#stream);
    this.#handlers = {
      ...clusterCommands(this.#context),
      ...nodeCommands(this.#context),
      ...linkCommands(this.#context),
      ...machineCommands(this.#context),
      ...leaderCommands(this.#context),
      ...clientCommands(this.#context),
      ...workloadCommands(this.#context),
      ...judgeCommand(this.#context),
      ...scenarioCommands(this.#context, this),
      ...worldCommands,
    };
  }

  /** The cluster as it stands. */
  get view(): ClusterView {
    return this.#stream.view;
  }

  /** Nothing will happen until somebody gives a command. */
  get isIdle(): boolean {
    return this.#world.isIdle;
  }

  /**
   * Carries a command out at this moment of virtual time. `done` comes when the stream shows it: before this returns, where it
   * needs no time and no turn is under way; otherwise later. What can't be done is a `Failure`, and stands in the stream
   * as `command-refused` when nothing was done (but for what is no command at all).
   */
  execute<Type extends CommandType>(command: CommandOf<Type>, done: (result: Result<AnswerOf<Type>>) => void): void {
    const stream = this.#stream;
    stream.turn(() => {
      let isAnswered = false;
      let forget = (): void => {};
      const answer = (result: Result<AnswerOf<Type>>): void => {
        if (isAnswered) return;
        isAnswered = true;
        if (!result.ok && result.failure.code === 'invalid') forget();
        // A client's commands say themselves whether anything was sent.
        if (!result.ok && !isOfClient(command.type)) refuse(this.#context, command, result.failure);
        stream.later(() => done(result));
      };
      const parsed = commandSchema.safeParse(command);
      if (!parsed.success) {
        const problem = describeSchemaProblem(parsed.error, 'command');
        return stream.later(() => done(fail('invalid', problem)));
      }
      forget = this.#context.memory.add(parsed.data, this.nowNs());
      try {
        const handler = this.#handlers[command.type];
        // With what has a default, where it was left out.
        return handler(parsed.data as CommandOf<Type>, answer);
      } catch (error) {
        return answer({ ok: false, failure: wentWrong(command, error) });
      }
    });
  }

  /** An entry as this server holds it now. Nothing stands in the stream of it. */
  heldEntry(node: NodeId, index: number): Result<HeldEntry> {
    const cluster = this.#context.clusterWith(node);
    return cluster.ok ? cluster.value.heldEntry(node, index) : cluster;
  }

  /** @returns the function that ends the subscription. */
  subscribe(handler: EventSubscriber): () => void {
    return this.#stream.subscribe(handler);
  }

  tell(event: BenchEvent): void {
    this.#stream.turn(() => this.#stream.emit(event));
  }

  nowNs(): number {
    return this.#world.nowNs;
  }

  after(delayMs: number, run: () => void): () => void {
    return this.#context.after(delayMs, run);
  }

  /** Lets things happen up to `untilNs`, which is then the time; earlier when `isOver` says so after one of them. */
  advance(untilNs: number, isOver?: () => boolean): void {
    do {
      if (isOver?.() === true) return;
    } while (this.#step(untilNs));
    this.#world.runUntil(untilNs);
  }

  /** Lets one thing happen: a datagram arrives, a timer or a flush is due, a server ends its turn. @returns false when idle */
  step(): boolean {
    return this.#step(Infinity);
  }

  #step(untilNs: number): boolean {
    return this.#stream.turn(() => this.#world.step(untilNs));
  }
}

function isOfClient(type: CommandType): boolean {
  return type === 'append' || type === 'index-range';
}
