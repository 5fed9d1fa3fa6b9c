/** What the checks say of each promise: what came by itself (a violation, lost evidence), and what was asked for last. */
import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import type { Snapshot } from '../../shared/bridge.ts';
import type { EventName } from '../../shared/check-event.ts';
import type { LabEvent } from '../../shared/event.ts';
import { promiseIds, promises, type PromiseId } from '../../shared/promises.ts';
import type { PlacedEvent } from '../../shared/query.ts';
import type { Failure } from '../../shared/result.ts';
import type { CheckReport, Verdict } from '../../shared/verdict.ts';
import { useClusterStore } from './cluster.ts';
import { useConnectionStore } from './connection.ts';

export interface PromiseStanding {
  readonly id: PromiseId;
  readonly section: string;
  readonly sentence: string;
  readonly verdict: Verdict | 'not-asked';
  /** Violations found. */
  readonly violations: number;
  /** Why evidence is lost; empty otherwise. */
  readonly reason: string;
}

export const useChecksStore = defineStore('checks', () => {
  const connection = useConnectionStore();
  const cluster = useClusterStore();
  const report = shallowRef<CheckReport | null>(null);
  const isAsking = ref(false);
  const failure = shallowRef<Failure | null>(null);
  let session = '';

  const standings = computed<readonly PromiseStanding[]>(() =>
    promiseIds.map((id) => ({ id, section: promises[id].section, sentence: promises[id].sentence, ...standingOf(id) })),
  );
  const count = computed(
    () => (verdict: PromiseStanding['verdict']) => standings.value.filter((one) => one.verdict === verdict).length,
  );

  /** A violation counts as soon as it is found, whatever was asked before. */
  function standingOf(id: PromiseId): Pick<PromiseStanding, 'verdict' | 'violations' | 'reason'> {
    const judged = report.value?.verdicts.find(({ promise }) => promise === id);
    const { checks } = cluster.liveView;
    const found = checks.violations.filter(({ promise }) => promise === id).length;
    const violations = Math.max(found, judged?.violations ?? 0);
    const reason = judged?.reason ?? '';
    if (violations > 0) return { verdict: 'broken', violations, reason };
    if (checks.evidenceLost.includes(id)) return { verdict: 'evidence-lost', violations: 0, reason };
    return { verdict: judged?.verdict ?? 'not-asked', violations: 0, reason };
  }

  async function judge(): Promise<void> {
    isAsking.value = true;
    const result = await connection.send({ type: 'judge' });
    isAsking.value = false;
    failure.value = result.ok ? null : result.failure;
    if (result.ok) report.value = result.value;
  }

  /**
   * The event of a name, of the cluster that was started last. A node's names rise with its positions, so a few questions
   * find it among any number of events; undefined where it is not held any more.
   */
  async function find({ node, boot, sequence }: EventName): Promise<PlacedEvent | undefined> {
    const bounds = await connection.query({ type: 'bounds' });
    if (!bounds.ok) return undefined;
    let high = bounds.value.endPosition;
    const filter = { types: ['cluster-started' as const] };
    const start = await connection.query({ type: 'find-event', from: high, direction: 'backwards', filter });
    let low = start.ok && start.value ? start.value.position : bounds.value.firstPosition;
    while (low < high) {
      const from = Math.floor((low + high) / 2);
      const answer = await connection.query({
        type: 'find-event',
        from,
        direction: 'forwards',
        filter: { nodes: [node] },
      });
      if (!answer.ok) return undefined;
      const found = answer.value;
      const order = found ? found.event.boot - boot || found.event.sequence - sequence : 1;
      if (found && order === 0) return found;
      if (!found || order > 0) high = from;
      else low = found.position + 1;
    }
    return undefined;
  }

  function forget(): void {
    report.value = null;
    failure.value = null;
  }

  /** Another cluster is another matter. */
  function take(events: readonly LabEvent[]): void {
    if (events.some(({ type }) => type === 'cluster-started')) forget();
  }

  function reset(snapshot: Snapshot): void {
    if (snapshot.session !== session) forget();
    ({ session } = snapshot);
  }

  return { report, isAsking, failure, standings, count, judge, find, take, reset };
});
