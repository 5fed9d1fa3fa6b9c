/**
 * Both judges over one running stream: what they find as events for the stream, what they think so far as a report. No timers: it
 * is fed by whoever has the stream.
 */
import type { CheckEvent, EventName } from '../../shared/check-event.ts';
import type { EventOf, LabEvent } from '../../shared/event.ts';
import type { ClusterId } from '../../shared/ids.ts';
import type { PromiseId } from '../../shared/promises.ts';
import type { CheckReport, PromiseVerdict } from '../../shared/verdict.ts';
import type { SafetyMonitorOptions, Violation } from './contract.ts';
import type { HistoryLimits } from './history/history-limits.ts';
import { LiveHistory } from './live-history.ts';
import { SafetyMonitor } from './safety-monitor.ts';

export interface LiveChecksOptions extends Pick<
  SafetyMonitorOptions,
  'crashMayLoseEvents' | 'violationsMax' | 'tableMax'
> {
  readonly historyLimits?: HistoryLimits;
}

const nothing: readonly CheckEvent[] = [];

/** Events of one cluster, from its first start on; another cluster is judged anew. */
export class LiveChecks {
  readonly #options: LiveChecksOptions;
  #monitor: SafetyMonitor;
  #history: LiveHistory;
  #clusterId: ClusterId | undefined;
  #found: CheckEvent[] = [];
  /** Evidence that was lost when it was told of the last time. */
  #losses = 0;
  readonly #lost = new Set<PromiseId>();

  constructor(options: LiveChecksOptions = {}) {
    this.#options = options;
    this.#monitor = new SafetyMonitor(options);
    this.#history = this.#newHistory();
  }

  /** The next events in merged order. @returns what they show, to be reported into the stream behind them */
  observe(events: readonly LabEvent[]): readonly CheckEvent[] {
    for (const event of events) {
      if (event.type === 'cluster-started') this.#follow(event);
      for (const violation of this.#monitor.observe(event)) this.#tell(violation);
      for (const violation of this.#history.observe(event)) this.#tell(violation);
    }
    if (this.#monitor.losses + this.#history.losses !== this.#losses) this.#tellLosses();
    if (this.#found.length === 0) return nothing;
    const found = this.#found;
    this.#found = [];
    return found;
  }

  /** What is known so far. */
  report(): CheckReport {
    return { verdicts: this.#verdicts(), ...this.#history.report() };
  }

  /** Whether a cluster was started. */
  get hasCluster(): boolean {
    return this.#clusterId !== undefined;
  }

  /** The log of a cluster that is started again goes on; another cluster has another log. */
  #follow({ clusterId, node, boot, sequence }: EventOf<'cluster-started'>): void {
    const isAnother = this.#clusterId !== undefined && this.#clusterId !== clusterId;
    this.#clusterId = clusterId;
    if (!isAnother) return;
    const after = { node, boot, sequence: sequence - 1 };
    this.#monitor = new SafetyMonitor({ ...this.#options, after });
    this.#history = this.#newHistory(after, this.#history.unanswered);
    this.#losses = 0;
    this.#lost.clear();
  }

  #newHistory(after?: EventName, strangers?: ReadonlySet<string>): LiveHistory {
    const { historyLimits, violationsMax } = this.#options;
    const monitor = this.#monitor;
    return new LiveHistory({
      waived: () => monitor.waived,
      ...(after && { after }),
      ...(strangers && { strangers }),
      ...(historyLimits && { limits: historyLimits }),
      ...(violationsMax !== undefined && { violationsMax }),
    });
  }

  #verdicts(): readonly PromiseVerdict[] {
    return [...this.#monitor.verdicts(), ...this.#history.verdicts()];
  }

  #tell({ promise, rule, sentence, events }: Violation): void {
    const conflict = events.map(({ node, boot, sequence }) => ({ node, boot, sequence }));
    this.#found.push({ type: 'violation-found', promise, ...(rule !== undefined && { rule }), sentence, conflict });
  }

  #tellLosses(): void {
    this.#losses = this.#monitor.losses + this.#history.losses;
    for (const { promise, reason } of this.#verdicts()) {
      if (reason === undefined || this.#lost.has(promise)) continue;
      this.#lost.add(promise);
      this.#found.push({ type: 'evidence-lost', promise, reason });
    }
  }
}
