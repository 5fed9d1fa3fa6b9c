/** One seed of a search: a cluster in a simulated lab, what goes on beside it, and whether it shows what is looked for. */
import { paperTimings, type NetworkDelay, type Timings } from '../../../shared/cluster-config.ts';
import { nanosecondsPerMillisecond } from '../../../shared/duration.ts';
import type { SoughtEvent } from '../../../shared/event.ts';
import type { RuleId } from '../../../shared/rules.ts';
import type { Failure } from '../../../shared/result.ts';
import { workloadSchema } from '../../../shared/workload.ts';
import type { LabPort } from '../../lab-port.ts';
import { Nemesis } from '../../nemesis/nemesis.ts';
import type { SimLab } from '../lab/sim-lab.ts';
import { watchFor } from './sought-events.ts';

export interface TrialOrder {
  readonly looking: SoughtEvent;
  readonly nodes: number;
  readonly rulesOff?: readonly RuleId[] | undefined;
  readonly timings?: Timings | undefined;
  /** For a split vote by default a tenth to a fifth of the shortest election timeout: on a faster network votes seldom split. */
  readonly networkDelay?: NetworkDelay | undefined;
}

/** The event that was looked for. */
export interface FoundEvent {
  /** How many events came before it since the trial began. */
  readonly position: number;
  readonly timeNs: number;
  readonly sentence: string;
}

/** How long a cluster is given, in its longest election timeouts. */
const spanInTimeouts = { 'split-vote': 20, 'two-leaders': 60, violation: 80 } as const;
/** The nemesis was made for the paper's timings. */
const usualTimeoutMs = 150;
const requestsPerTimeout = 4;

export class Trial {
  readonly #lab: SimLab;
  readonly #order: TrialOrder;
  readonly #leave: () => void;
  #untilNs = Infinity;
  #events = 0;
  #isOver = false;
  #found: FoundEvent | undefined;
  #failure: Failure | undefined;

  /** Begins it. @param lab nothing has happened in it yet */
  constructor(lab: SimLab, seed: number, order: TrialOrder) {
    this.#lab = lab;
    this.#order = order;
    const watch = watchFor(order.looking, order.nodes);
    this.#leave = lab.subscribe((events) => {
      for (const event of events) {
        const sentence = this.#found ? undefined : watch(event);
        if (sentence !== undefined) this.#found = { position: this.#events, timeNs: event.timeNs, sentence };
        if (event.type === 'role-changed' && event.to === 'leader' && order.looking === 'split-vote')
          this.#isOver = true;
        this.#events += 1;
      }
    });
    this.#begin(seed);
  }

  get found(): FoundEvent | undefined {
    return this.#found;
  }

  /** Why the cluster did not start. */
  get failure(): Failure | undefined {
    return this.#failure;
  }

  /** Goes on until it is over, or `isLate` says after one thing or another. @returns whether it is over */
  run(isLate: () => boolean): boolean {
    const isEnded = (): boolean => this.#isOver || this.#found !== undefined || this.#failure !== undefined;
    this.#lab.advance(this.#untilNs, () => isEnded() || isLate());
    return isEnded() || this.#lab.nowNs() >= this.#untilNs;
  }

  /** Nothing is done to the cluster any more; what is in force stays. */
  end(): void {
    this.#isOver = true;
    this.#leave();
  }

  #begin(seed: number): void {
    const { looking, nodes, rulesOff, timings } = this.#order;
    const networkDelay = this.#order.networkDelay ?? (looking === 'split-vote' ? delayThatSplits(timings) : undefined);
    const how = {
      ...(rulesOff && { rulesOff: [...rulesOff] }),
      ...(timings && { timings }),
      ...(networkDelay && { networkDelay }),
    };
    this.#lab.execute({ type: 'start-cluster', world: 'simulated', nodes, seed, ...how }, (started) => {
      if (!started.ok) this.#failure = started.failure;
      else if (looking !== 'split-vote') this.#trouble(seed);
    });
    const { electionTimeoutMaxMs: longestMs = 0 } = this.#lab.view.timings ?? {};
    this.#untilNs = this.#lab.nowNs() + spanInTimeouts[looking] * longestMs * nanosecondsPerMillisecond;
  }

  #trouble(seed: number): void {
    const { nodes } = this.#order;
    const timeoutMs = this.#lab.view.timings?.electionTimeoutMinMs ?? usualTimeoutMs;
    const requestsPerSecond = Math.max(1, Math.round((requestsPerTimeout * 1_000) / timeoutMs));
    this.#lab.execute({ type: 'start-workload', workload: workloadSchema.parse({ requestsPerSecond }) }, () => {});
    const ids = Array.from({ length: nodes }, (_, id) => id);
    new Nemesis({ port: this.#port(), nodes: ids, seed, pace: timeoutMs / usualTimeoutMs }).begin();
  }

  /** Through which the nemesis reaches the lab as long as the trial goes on. */
  #port(): LabPort {
    const lab = this.#lab;
    return {
      execute: (command, done) => {
        if (!this.#isOver) lab.execute(command, done);
      },
      subscribe: (handler) => lab.subscribe(handler),
      tell: (event) => lab.tell(event),
      nowNs: () => lab.nowNs(),
      after: (delayMs, run) => lab.after(delayMs, () => !this.#isOver && run()),
    };
  }
}

function delayThatSplits({ electionTimeoutMinMs: shortestMs }: Timings = paperTimings): NetworkDelay {
  return { minMs: Math.min(shortestMs / 10, 500), maxMs: Math.min(shortestMs / 5, 1_000) };
}
