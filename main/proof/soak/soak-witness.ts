/** Watches the stream of a soak for what must not be: violations, servers that gave up without a reason, lost evidence. */
import { levelRank, logLevelOf, plainLine } from '../../../shared/projection/log-line.ts';
import type { LabEvent } from '../../../shared/event.ts';
import { SafetyMonitor } from '../../check/safety-monitor.ts';

const lastLinesMax = 200;

export interface FoundViolation {
  readonly promise: string;
  readonly sentence: string;
}

export interface SoakWitnessOptions {
  /** False where the lab's own checks do it. */
  readonly monitors: boolean;
  /** True while a disk is in such trouble that its server may give up. */
  readonly mayGiveUp: () => boolean;
}

export class SoakWitness {
  readonly violations: FoundViolation[] = [];
  /** By promise, why. */
  readonly evidenceLost: Record<string, string> = {};
  readonly problems: string[] = [];
  /** Servers that gave up, as their disks were in trouble. */
  gaveUp = 0;
  /** What led to the first problem, oldest first. */
  lastLines: readonly string[] | undefined;
  readonly #options: SoakWitnessOptions;
  readonly #monitor: SafetyMonitor | undefined;
  #recent: LabEvent[] = [];

  constructor(options: SoakWitnessOptions) {
    this.#options = options;
    if (options.monitors) this.#monitor = new SafetyMonitor();
  }

  observe(event: LabEvent): void {
    this.#remember(event);
    for (const { promise, sentence } of this.#monitor?.observe(event) ?? []) this.#violated({ promise, sentence });
    if (event.type === 'violation-found') this.#violated({ promise: event.promise, sentence: event.sentence });
    else if (event.type === 'evidence-lost') this.evidenceLost[event.promise] ??= event.reason;
    else if (event.type === 'assertion-failed') this.#problem(`node ${event.node}: ${event.reason}`);
    else if (event.type === 'node-ended' && event.cause === 'failed') {
      if (this.#options.mayGiveUp()) this.gaveUp += 1;
      else this.#problem(`node ${event.target} gave up: ${event.reason}`);
    }
  }

  /** The stream has ended. */
  finish(): void {
    for (const { promise, sentence } of this.#monitor?.finish() ?? []) this.#violated({ promise, sentence });
    for (const { promise, verdict, reason = '' } of this.#monitor?.verdicts() ?? []) {
      if (verdict === 'evidence-lost') this.evidenceLost[promise] ??= reason;
    }
  }

  #violated(violation: FoundViolation): void {
    this.violations.push(violation);
    this.#keepLines();
  }

  #problem(sentence: string): void {
    this.problems.push(sentence);
    this.#keepLines();
  }

  #remember(event: LabEvent): void {
    if (levelRank(logLevelOf(event)) > levelRank('info')) return;
    this.#recent.push(event);
    if (this.#recent.length >= 2 * lastLinesMax) this.#recent = this.#recent.slice(-lastLinesMax);
  }

  #keepLines(): void {
    this.lastLines ??= this.#recent.slice(-lastLinesMax).map(plainLine);
  }
}
