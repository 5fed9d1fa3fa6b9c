/**
 * What the checks say of the cluster that runs, since it was started: the safety monitors after every event, the clients'
 * history when somebody asks.
 */
import type { Timings } from '../../../shared/cluster-config.ts';
import { nanosecondsPerMillisecond } from '../../../shared/duration.ts';
import type { BenchEvent, LabEvent } from '../../../shared/event.ts';
import { labSourceId, type ClusterId, type NodeId } from '../../../shared/ids.ts';
import type { CheckReport } from '../../../shared/verdict.ts';
import { checkHistory } from '../../check/check-history.ts';
import type { RetentionOperation, Violation } from '../../check/contract.ts';
import { HistoryRecorder } from '../../check/history.ts';
import { SafetyMonitor } from '../../check/safety-monitor.ts';
import { DriftLog } from '../drift-log.ts';

export class Judge {
  readonly clusterId: ClusterId;
  readonly #monitor = new SafetyMonitor({ crashMayLoseEvents: false });
  readonly #history = new HistoryRecorder();
  readonly #drift: DriftLog;
  readonly #retentions: RetentionOperation[] = [];
  /** What the lab reported before, of other clusters: the checks count from 1. */
  readonly #labEventsBefore: number;

  /** @param labEventsBefore the number of the lab's latest event */
  constructor(clusterId: ClusterId, timings: Timings, labEventsBefore: number) {
    this.clusterId = clusterId;
    this.#drift = new DriftLog(timings);
    this.#labEventsBefore = labEventsBefore;
  }

  /** @returns what is to be told of what it shows */
  observe(event: LabEvent): readonly BenchEvent[] {
    const isOfLab = event.node === labSourceId;
    const counted = isOfLab ? { ...event, sequence: event.sequence - this.#labEventsBefore } : event;
    if (isOfLab) this.#history.observe(counted);
    const found = this.#monitor.observe(counted);
    return found.length === 0 ? [] : found.map((violation) => this.#describe(violation));
  }

  /** The stream has no word for it. */
  askedForRetention(retainEntries: number, nowNs: number): void {
    const requestId = `retention ${this.#retentions.length}`;
    const span = { invokedNs: nowNs, completedNs: Infinity };
    this.#retentions.push({ kind: 'set-retention', requestId, retainEntries, ...span });
  }

  setClockRate(node: NodeId, partsPerMillion: number, nowNs: number): void {
    this.#drift.setRate(node, partsPerMillion, nowNs);
  }

  jumpClock(byMs: number, nowNs: number): void {
    this.#drift.jump(byMs * nanosecondsPerMillisecond, nowNs);
  }

  report(nowNs: number): CheckReport {
    const { waived } = this.#monitor;
    const operations = [...this.#history.operations(), ...this.#retentions];
    const options = { incomplete: !this.#history.complete, driftSpans: this.#drift.spansUpTo(nowNs), waived };
    const { verdicts, promiseVoid, counts } = checkHistory(operations, options);
    const { appends, reads, unknown } = counts;
    return {
      verdicts: [...this.#monitor.verdicts(), ...verdicts],
      operations: { appends, reads, unknown },
      promiseVoid,
      judgedUpToNs: nowNs,
    };
  }

  #describe({ promise, rule, sentence, events }: Violation): BenchEvent {
    const conflict = events.map(({ node, boot, sequence }) => ({
      node,
      boot,
      sequence: node === labSourceId ? sequence + this.#labEventsBefore : sequence,
    }));
    return { type: 'violation-found', promise, ...(rule && { rule }), sentence, conflict };
  }
}
