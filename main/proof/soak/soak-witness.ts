/** Watches the stream of a soak for what must not be: broken promises, servers that gave up without a reason, lost evidence. */
import type { LabEvent } from '../../../shared/event.ts';
import type { NodeId } from '../../../shared/ids.ts';
import { plainLine } from '../../../shared/projection/log-line.ts';
import { RecentEvents } from '../../lab/recent-events.ts';

/** A cluster that goes wrong in one way may say so for as long as it runs. */
const problemsMax = 20;

export class SoakWitness {
  readonly violations: { readonly promise: string; readonly sentence: string }[] = [];
  /** By promise, why. */
  readonly evidenceLost: Record<string, string> = {};
  readonly problems: string[] = [];
  /** Servers that gave up, as their disks were in trouble. */
  gaveUp = 0;
  /** What led to the first problem, oldest first. */
  lastLines: readonly string[] | undefined;
  readonly #mayGiveUp: (node: NodeId) => boolean;
  readonly #recent = new RecentEvents({ recentMax: 20_000, earlierMax: 5_000 });

  /** @param mayGiveUp true while the server's disk is in trouble */
  constructor(mayGiveUp: (node: NodeId) => boolean) {
    this.#mayGiveUp = mayGiveUp;
  }

  observe(events: readonly LabEvent[]): void {
    this.#recent.push(events);
    for (const event of events) this.#look(event);
  }

  #look(event: LabEvent): void {
    if (event.type === 'violation-found') this.#violated(event.promise, event.sentence);
    else if (event.type === 'evidence-lost') this.evidenceLost[event.promise] ??= event.reason;
    else if (event.type === 'assertion-failed') this.problem(`node ${event.node}: ${event.reason}`);
    else if (event.type === 'node-ended' && event.cause === 'failed') {
      if (this.#mayGiveUp(event.target)) this.gaveUp += 1;
      else this.problem(`node ${event.target} gave up: ${event.reason}`);
    }
  }

  problem(sentence: string): void {
    if (this.problems.length < problemsMax) this.problems.push(sentence);
    this.#keepLines();
  }

  #violated(promise: string, sentence: string): void {
    if (this.violations.length < problemsMax) this.violations.push({ promise, sentence });
    this.#keepLines();
  }

  #keepLines(): void {
    if (this.lastLines) return;
    const { earlierEvents, recentEvents } = this.#recent.held();
    this.lastLines = [...earlierEvents, ...recentEvents].map(plainLine);
  }
}
