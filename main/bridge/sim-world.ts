/** A simulated lab as a world that can be opened: its time passes with the wall's, can be held, and goes in steps. */
import { v4 as uuid } from 'uuid';
import type { AnswerOf, Snapshot } from '../../shared/bridge.ts';
import { limits } from '../../shared/cluster-config.ts';
import type { Command, CommandOf, CommandType } from '../../shared/command.ts';
import { fail, succeed, type Result } from '../../shared/result.ts';
import { RecentEvents } from '../lab/recent-events.ts';
import { PaceDriver, type WallTime } from '../sim/lab/pace-driver.ts';
import { SimLab } from '../sim/lab/sim-lab.ts';
import type { EventSubscriber } from '../sim/lab/sim-stream.ts';
import { keepNothing, queryOf } from './ask-world.ts';
import type { KeepStream, OpenWorld } from './open-world.ts';

export interface SimWorld extends OpenWorld {
  readonly kind: 'simulated';
  readonly lab: SimLab;
  /** Stands still until it is started. */
  readonly pace: PaceDriver;
}

export interface SimWorldOptions {
  /** Of clusters that are started without their own. */
  readonly seed: number;
  /** Keeps its stream. */
  readonly keep?: KeepStream | undefined;
  /** The machine's when not given. */
  readonly wall?: WallTime | undefined;
}

export function openSimWorld({ seed, keep = keepNothing, wall }: SimWorldOptions): SimWorld {
  const lab = new SimLab({ seed });
  const session = uuid();
  const { recentEventsMax: recentMax, earlierEventsMax: earlierMax } = limits;
  const recent = new RecentEvents({ recentMax, earlierMax });
  const asked = new AskedOfLab(lab);
  let position = 0;
  lab.subscribe((events) => {
    position += events.length;
    recent.push(events);
  });
  const stream = {
    subscribe: (handler: EventSubscriber) => lab.subscribe(handler),
    snapshot: (): Snapshot => ({ session, position, view: lab.view, ...recent.held(), nowNs: lab.nowNs() }),
    get position() {
      return position;
    },
  };
  const kept = keep(stream, 'simulated');
  const pace = new PaceDriver(lab, wall);
  return {
    kind: 'simulated',
    lab,
    pace,
    execute: (command) => executeIn(pace, asked, command),
    query: queryOf(kept, (node, index) => lab.heldEntry(node, index)),
    subscribe: stream.subscribe,
    snapshot: stream.snapshot,
    get position() {
      return position;
    },
    nowNs: () => lab.nowNs(),
    tell: (event) => lab.tell(event),
    begin: () => pace.start(),
    async close() {
      pace.close();
      asked.giveUp();
      await kept.close();
    },
  };
}

function executeIn<Type extends CommandType>(
  pace: PaceDriver,
  asked: AskedOfLab,
  command: CommandOf<Type>,
): Promise<Result<AnswerOf<Type>>> {
  // The type of the answer follows from that of the command.
  const answer = (value: AnswerOf<'set-pace' | 'step-world'>): Promise<Result<AnswerOf<Type>>> =>
    Promise.resolve(succeed(value as AnswerOf<Type>));
  const given: Command = command;
  if (given.type === 'set-pace') {
    pace.setSpeed(given.speed);
    return answer(null);
  }
  if (given.type === 'step-world') return answer({ events: pace.step() });
  return asked.ask(command);
}

/** What waits for its answer, which comes in the lab's own time, or never when the lab is closed. */
class AskedOfLab {
  readonly #lab: SimLab;
  readonly #giveUps = new Set<() => void>();

  constructor(lab: SimLab) {
    this.#lab = lab;
  }

  ask<Type extends CommandType>(command: CommandOf<Type>): Promise<Result<AnswerOf<Type>>> {
    return new Promise((resolve) => {
      const giveUp = (): void =>
        resolve(fail('timed-out', 'This world was closed before it had answered. What it did is gone with it.'));
      this.#giveUps.add(giveUp);
      this.#lab.execute(command, (result) => {
        this.#giveUps.delete(giveUp);
        resolve(result);
      });
    });
  }

  giveUp(): void {
    for (const giveUp of this.#giveUps) giveUp();
    this.#giveUps.clear();
  }
}
