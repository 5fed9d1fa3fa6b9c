/**
 * A cluster under load, while a nemesis makes trouble for it. In the end everything is healed, the cluster has to serve, all
 * logs have to be equal and to hold what clients were told, and no promise may have been broken.
 */
import type { LabEvent } from '../../../shared/event.ts';
import type { NodeId } from '../../../shared/ids.ts';
import { nanosecondsPerMillisecond } from '../../../shared/duration.ts';
import type { CheckReport } from '../../../shared/verdict.ts';
import type { Workload, WorkloadFigures } from '../../../shared/workload.ts';
import type { LabPort } from '../../lab-port.ts';
import { AppliedState } from './applied-state.ts';
import { executed } from './executed.ts';
import { Nemesis, type EpisodeCounts } from './nemesis.ts';
import { judgeLogs, type JudgedLogs } from './read-logs.ts';
import { SoakFigures } from './soak-figures.ts';
import { SoakWitness, type FoundViolation } from './soak-witness.ts';
import { ToldAppends } from './told-appends.ts';

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
  readonly workload: WorkloadFigures;
  readonly elections: number;
  readonly worstWithoutLeaderMs: number;
  /** Between two appends that were answered. */
  readonly worstWithoutAppendMs: number;
  readonly faults: EpisodeCounts;
  readonly faultActs: SoakFigures['faultActs'];
  readonly gaveUp: number;
  readonly events: number;
  readonly log: Omit<JudgedLogs, 'problems'>;
  /** What the lab's own checks say; null where the lab has none. */
  readonly report: CheckReport | null;
  readonly violations: readonly FoundViolation[];
  /** By promise: what can't be called held, and why. */
  readonly evidenceLost: Readonly<Record<string, string>>;
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
  readonly #told = new ToldAppends();
  readonly #applied = new AppliedState();
  readonly #problems: string[] = [];

  constructor(options: SoakOptions) {
    const { port, seed, pace } = options;
    this.#options = options;
    this.#port = port;
    this.#nodes = Array.from({ length: options.nodes }, (_, id) => id);
    this.#nemesis = new Nemesis({ port, nodes: this.#nodes, seed, ...(pace !== undefined && { pace }) });
  }

  async run(): Promise<SoakReport> {
    const judges = await executed(this.#port, { type: 'judge' });
    const mayGiveUp = (): boolean =>
      this.#nemesis.present.some(
        (kind) => kind === 'full disk' || kind === 'stuck disk' || kind === 'wipe and replace',
      );
    // A lab that says that nothing runs would judge what does.
    const monitors = !judges.ok && judges.failure.code === 'invalid';
    const witness = new SoakWitness({ monitors, mayGiveUp });
    const leave = this.#port.subscribe((events) => this.#observe(events, witness));
    try {
      const startNs = this.#port.nowNs();
      await this.#begin();
      await this.#trouble();
      const workload = await this.#end();
      const seconds = (this.#port.nowNs() - startNs) / nanosecondsPerMillisecond / 1_000;
      return await this.#report(Math.round(seconds), workload, witness);
    } finally {
      leave();
    }
  }

  #observe(events: readonly LabEvent[], witness: SoakWitness): void {
    for (const event of events) {
      this.#figures.observe(event);
      this.#told.observe(event);
      this.#applied.observe(event);
      witness.observe(event);
    }
  }

  async #begin(): Promise<void> {
    const { nodes, seed, workload } = this.#options;
    const started = await executed(this.#port, { type: 'start-cluster', nodes, fresh: true, seed });
    if (!started.ok) throw new Error(started.failure.message);
    await this.#until('a first leader', () => this.#figures.elections > 0);
    const asking = await executed(this.#port, { type: 'start-workload', workload });
    if (!asking.ok) throw new Error(asking.failure.message);
    await this.#until('a first append', () => this.#figures.operations.appends > 0);
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
      const { operations, elections } = this.#figures;
      const present = this.#nemesis.present.join(', ') || 'nothing';
      onProgress?.(`${operations.appends} appends, ${elections} elections; going on: ${present}`);
    }
    await new Promise<void>((resolve) => {
      this.#nemesis.finish(resolve);
    });
  }

  async #end(): Promise<WorkloadFigures> {
    const { appends } = this.#figures.operations;
    await this.#until('an append after everything was healed', () => this.#figures.operations.appends > appends + 20);
    const stopped = await executed(this.#port, { type: 'stop-workload' });
    if (!stopped.ok) throw new Error(stopped.failure.message);
    await this.#until('an answer to every request', () => this.#figures.open === 0);
    await this.#until('equal logs', () => this.#applied.difference(this.#nodes) === undefined);
    return stopped.value;
  }

  async #report(seconds: number, workload: WorkloadFigures, witness: SoakWitness): Promise<SoakReport> {
    const judged = await executed(this.#port, { type: 'judge' });
    // What is read from now on is for this program only.
    const { operations, elections, faultActs, events } = this.#figures;
    const { worstWithoutLeaderMs, worstWithoutAppendMs } = this.#figures;
    const figures = { operations: { ...operations }, elections, worstWithoutLeaderMs, worstWithoutAppendMs, events };
    this.#told.finish();
    const difference = this.#applied.difference(this.#nodes);
    if (difference !== undefined) this.#problems.push(`The logs differ: ${difference}.`);
    const { problems, ...log } = await judgeLogs(this.#port, this.#nodes, this.#told);
    witness.finish();
    const report = judged.ok ? judged.value : null;
    for (const { promise, verdict, reason = '' } of report?.verdicts ?? []) {
      if (verdict === 'evidence-lost') witness.evidenceLost[promise] ??= reason;
      const isTold = witness.violations.some((violation) => violation.promise === promise);
      if (verdict === 'broken' && !isTold) witness.violations.push({ promise, sentence: 'The report says so.' });
    }
    return {
      seconds,
      ...figures,
      workload,
      faults: this.#nemesis.counts,
      faultActs,
      gaveUp: witness.gaveUp,
      log,
      report,
      violations: witness.violations,
      evidenceLost: witness.evidenceLost,
      problems: [...this.#problems, ...this.#nemesis.problems, ...witness.problems, ...problems],
      lastLines: witness.lastLines ?? [],
    };
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
        this.#problems.push(`For ${patienceMs / 1_000} s there was no sign of ${what}.`);
        return;
      }
      await this.#pass(pollMs);
    }
  }
}
