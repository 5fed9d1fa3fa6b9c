/**
 * A cluster under load, while a nemesis makes trouble for it. In the end everything is healed, the cluster has to serve and all
 * logs have to be equal; every log is read, and the lab's checks judge what everybody was told.
 */
import { nanosecondsPerMillisecond } from '../../../shared/duration.ts';
import type { LabEvent } from '../../../shared/event.ts';
import type { NodeId } from '../../../shared/ids.ts';
import type { CheckReport } from '../../../shared/verdict.ts';
import type { Workload, WorkloadFigures } from '../../../shared/workload.ts';
import type { LabPort } from '../../lab-port.ts';
import { AppliedState } from './applied-state.ts';
import { executed } from './executed.ts';
import { Nemesis, type EpisodeCounts } from '../../nemesis/nemesis.ts';
import { readLogs } from './read-logs.ts';
import { SoakFigures } from './soak-figures.ts';
import { SoakWitness } from './soak-witness.ts';

export interface SoakOptions {
  readonly port: LabPort;
  readonly nodes: number;
  readonly durationMs: number;
  readonly seed: number;
  readonly workload: Workload;
  /** How long faults and pauses last, against the usual. Default 1. */
  readonly pace?: number;
  /** A few words, now and then. */
  readonly onProgress?: (words: string) => void;
}

export interface SoakReport {
  readonly seconds: number;
  /** As the stream tells of them: each send by itself. */
  readonly operations: SoakFigures['operations'];
  /** As the clients count them: with its repeats, each request is one. */
  readonly workload: WorkloadFigures | null;
  readonly elections: number;
  readonly worstWithoutLeaderMs: number;
  readonly worstWithoutAnswerMs: number;
  readonly worstWithoutAppendMs: number;
  readonly faults: EpisodeCounts;
  /** Why the lab refused faults, and how often. */
  readonly refusals: Readonly<Record<string, number>>;
  readonly faultActs: SoakFigures['faultActs'];
  /** Servers whose disks were in trouble and that ended themselves. */
  readonly gaveUp: number;
  readonly events: number;
  /** Entries of clients in the log of each server, or why it could not be read. */
  readonly entries: readonly (number | string)[];
  /** Null when the lab has none. */
  readonly report: CheckReport | null;
  readonly violations: SoakWitness['violations'];
  /** By promise: what can't be called held, and why. */
  readonly evidenceLost: SoakWitness['evidenceLost'];
  /** What else is not as it should be, a sentence each. */
  readonly problems: readonly string[];
  /** What led to the first violation or problem. */
  readonly lastLines: readonly string[];
}

const pollMs = 20;
/** Anything that takes longer than this once everything is whole is a problem of its own. */
const patienceMs = 60_000;
const progressMs = 10_000;

export class SoakRun {
  readonly #options: SoakOptions;
  readonly #port: LabPort;
  readonly #nodes: readonly NodeId[];
  readonly #nemesis: Nemesis;
  readonly #figures = new SoakFigures();
  readonly #applied = new AppliedState();
  readonly #witness: SoakWitness;

  constructor(options: SoakOptions) {
    const { port, seed, pace } = options;
    this.#options = options;
    this.#port = port;
    this.#nodes = Array.from({ length: options.nodes }, (_, id) => id);
    this.#nemesis = new Nemesis({ port, nodes: this.#nodes, seed, ...(pace !== undefined && { pace }) });
    this.#witness = new SoakWitness((node) => this.#nemesis.mayGiveUp(node));
  }

  async run(): Promise<SoakReport> {
    const startNs = this.#port.nowNs();
    const leave = this.#port.subscribe((events) => this.#observe(events));
    try {
      await this.#begin();
      await this.#trouble();
      const workload = await this.#end();
      const seconds = (this.#port.nowNs() - startNs) / nanosecondsPerMillisecond / 1_000;
      return await this.#report(Math.round(seconds), workload);
    } finally {
      leave();
    }
  }

  #observe(events: readonly LabEvent[]): void {
    for (const event of events) {
      this.#figures.observe(event);
      this.#applied.observe(event);
    }
    this.#witness.observe(events);
  }

  async #begin(): Promise<void> {
    const { nodes, seed, workload } = this.#options;
    const started = await executed(this.#port, { type: 'start-cluster', nodes, fresh: true, seed });
    if (!started.ok) throw new Error(started.failure.message);
    await this.#until('a first leader', () => this.#figures.elections > 0);
    const asking = await executed(this.#port, { type: 'start-workload', workload });
    if (!asking.ok) throw new Error(asking.failure.message);
    await this.#untilAppends('a first append', 1);
  }

  async #trouble(): Promise<void> {
    const { durationMs, onProgress } = this.#options;
    this.#figures.begin(this.#port.nowNs());
    this.#nemesis.begin();
    const untilNs = this.#port.nowNs() + durationMs * nanosecondsPerMillisecond;
    let leftMs = durationMs;
    while (leftMs > 0) {
      await this.#pass(Math.min(leftMs, progressMs));
      leftMs = (untilNs - this.#port.nowNs()) / nanosecondsPerMillisecond;
      const present = this.#nemesis.present.join(', ') || 'nothing';
      const { operations, elections } = this.#figures;
      onProgress?.(`${operations.append.answered} appends, ${elections} elections; going on: ${present}`);
    }
    await new Promise<void>((resolve) => {
      this.#nemesis.finish(resolve);
    });
  }

  async #end(): Promise<WorkloadFigures | null> {
    await this.#untilAppends('appends after everything was healed', 20);
    const stopped = await executed(this.#port, { type: 'stop-workload' });
    await this.#until('an answer to every request', () => this.#figures.open === 0);
    await this.#until('equal logs', () => this.#applied.difference(this.#nodes) === undefined);
    const difference = this.#applied.difference(this.#nodes);
    if (difference !== undefined) this.#witness.problem(`The logs differ: ${difference}.`);
    return stopped.ok ? stopped.value : null;
  }

  async #report(seconds: number, workload: WorkloadFigures | null): Promise<SoakReport> {
    const operations = structuredClone(this.#figures.operations);
    const entries = await readLogs(this.#port, this.#nodes);
    const judged = await executed(this.#port, { type: 'judge' });
    const isSame = entries.every((count) => typeof count === 'number' && count === entries[0]);
    if (!isSame) this.#witness.problem(`The logs hold ${entries.join(', ')} entries of clients.`);
    if (!judged.ok) this.#witness.problem(`Nobody judged it: ${judged.failure.message}`);
    const broken = judged.ok && judged.value.verdicts.some(({ verdict }) => verdict === 'broken');
    const { violations, evidenceLost, problems, gaveUp } = this.#witness;
    if (broken && violations.length === 0) this.#witness.problem('The report names violations that nobody told of.');
    const { elections, faultActs, events } = this.#figures;
    const { worstWithoutLeaderMs, worstWithoutAnswerMs, worstWithoutAppendMs } = this.#figures;
    const worst = { worstWithoutLeaderMs, worstWithoutAnswerMs, worstWithoutAppendMs };
    const { counts: faults, refusals } = this.#nemesis;
    return {
      seconds,
      operations,
      workload,
      elections,
      ...worst,
      faults,
      refusals,
      faultActs,
      gaveUp,
      events,
      entries,
      report: judged.ok ? judged.value : null,
      violations,
      evidenceLost,
      problems: [...problems, ...this.#nemesis.problems],
      lastLines: this.#witness.lastLines ?? [],
    };
  }

  #untilAppends(what: string, count: number): Promise<void> {
    const { append } = this.#figures.operations;
    const before = append.answered;
    return this.#until(what, () => append.answered >= before + count);
  }

  #pass(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      this.#port.after(milliseconds, resolve);
    });
  }

  /** What does not come is a problem, and the run goes on to say what there is instead. */
  async #until(what: string, condition: () => boolean): Promise<void> {
    const untilNs = this.#port.nowNs() + patienceMs * nanosecondsPerMillisecond;
    while (!condition()) {
      if (this.#port.nowNs() > untilNs) {
        this.#witness.problem(`For ${patienceMs / 1_000} s there was no sign of ${what}.`);
        return;
      }
      await this.#pass(pollMs);
    }
  }
}
