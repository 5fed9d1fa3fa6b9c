import { describe, expect, it } from 'vitest';
import type { Operation } from '../../../main/check/contract.ts';
import { LiveChecks } from '../../../main/check/live-checks.ts';
import { ToldCluster } from '../../../main/sim/benchmark/told-cluster.ts';
import { makePlan } from '../../../main/sim/make-plan.ts';
import { runPlan } from '../../../main/sim/run.ts';
import type { CheckEvent } from '../../../shared/check-event.ts';
import type { EventBody, LabEvent } from '../../../shared/event.ts';
import { labSourceId } from '../../../shared/ids.ts';
import { promiseIds } from '../../../shared/promises.ts';
import { append, read } from '../../support/history-story.ts';
import { toldHistory } from '../../support/told-history.ts';

const right: readonly Operation[] = [append(1, [0, 10]), append(2, [20, 30]), read(2, [40, 50], [1, 2])];
const stale: readonly Operation[] = [append(1, [0, 10]), append(2, [20, 30]), read(1, [40, 50], [1])];

/** Goes on behind what the lab has said. */
function behind(before: readonly LabEvent[], next: readonly LabEvent[]): readonly LabEvent[] {
  return next.map((event, at) => ({ ...event, sequence: before.length + at + 1 }));
}

function notHeld(checks: LiveChecks): readonly string[] {
  return checks
    .report()
    .verdicts.flatMap(({ promise, verdict }) => (verdict === 'held' ? [] : [`${promise} ${verdict}`]));
}

describe('both judges over a stream', () => {
  it('find that everything held, of servers and of requests', () => {
    const cluster = new ToldCluster();
    const checks = new LiveChecks();
    expect(checks.hasCluster).toBe(false);
    for (let round = 1; round <= 500; round++) expect(checks.observe(cluster.round(7, round * 1_000))).toEqual([]);
    expect(notHeld(checks)).toEqual([]);
    const { verdicts, operations, promiseVoid, judgedUpToNs } = checks.report();
    expect(verdicts.map(({ promise }) => promise).toSorted()).toEqual(promiseIds.toSorted());
    expect([operations, promiseVoid, judgedUpToNs]).toEqual([{ appends: 2_800, reads: 700, unknown: 0 }, 0, 500_000]);
    expect(checks.hasCluster).toBe(true);
  });

  it('tell of a violation with the rule, a sentence and the events in conflict', () => {
    const found = new LiveChecks().observe(toldHistory(stale));
    expect(found).toEqual([
      {
        type: 'violation-found',
        promise: 'linearizability',
        rule: 'read-index-confirms',
        sentence: expect.stringContaining('Stale: '),
        conflict: [
          { node: labSourceId, boot: 1, sequence: 7 },
          { node: labSourceId, boot: 1, sequence: 5 },
        ],
      },
    ]);
  });

  it('name the rule that was passed over', () => {
    const events = toldHistory(stale);
    const waived: EventBody = { type: 'rule-waived', rule: 'stale-term', reason: 'a test' };
    const told = { node: 0, boot: 1, sequence: 1, timeNs: 1, lamport: 1, ...waived };
    const found = new LiveChecks().observe(
      [events[0], told, ...events.slice(1)].filter((event) => event !== undefined),
    );
    expect(found).toContainEqual(expect.objectContaining({ promise: 'linearizability', rule: 'stale-term' }));
  });

  it('tell of lost evidence once for each promise', () => {
    const events = toldHistory(right);
    const checks = new LiveChecks();
    const found: CheckEvent[] = [];
    for (const event of events.toSpliced(3, 1)) found.push(...checks.observe([event]));
    const lost = found.map(({ type, promise }) => `${type} ${promise}`);
    expect(lost.toSorted()).toEqual([
      'evidence-lost acknowledged-kept',
      'evidence-lost exactly-once',
      'evidence-lost lease-reads',
      'evidence-lost linearizability',
      'evidence-lost local-reads',
    ]);
  });

  it('take what they have found themselves for nothing', () => {
    const checks = new LiveChecks();
    const events = toldHistory(stale);
    const [found] = checks.observe(events);
    if (!found) throw new Error('it is stale');
    const told = { node: labSourceId, boot: 1, sequence: events.length + 1, timeNs: 99, lamport: 99, ...found };
    expect(checks.observe([told])).toEqual([]);
    expect(notHeld(checks)).toEqual(['linearizability broken']);
  });
});

it('raises no false alarm on simulated clusters with all their faults, and loses nothing of what they tell', () => {
  for (let seed = 1; seed <= 8; seed++) {
    const checks = new LiveChecks({ crashMayLoseEvents: false });
    const found: CheckEvent[] = [];
    const { promiseVoid } = runPlan(makePlan(seed), { onEvent: (event) => found.push(...checks.observe([event])) });
    expect([seed, found, notHeld(checks), checks.report().promiseVoid]).toEqual([seed, [], [], promiseVoid]);
  }
});

describe('when a cluster is started', () => {
  it('again, its log goes on', () => {
    const events = toldHistory(right);
    const [started, ...asks] = toldHistory([read(1, [60, 70], [1])]);
    if (!started) throw new Error('it is told');
    const checks = new LiveChecks();
    expect(checks.observe([...events, ...behind(events, [started, ...asks])])).toMatchObject([
      { promise: 'linearizability' },
    ]);
  });

  it('that is another, everything is judged anew, and answers to what was asked before are passed over', () => {
    const open = { ...append(3, [60, 70]), requestId: 'open' };
    const before = [...toldHistory(stale), ...behind(toldHistory(stale), toldHistory([open]).slice(1, 2))];
    const checks = new LiveChecks();
    expect(checks.observe(before)).toHaveLength(1);
    const [, , answer] = toldHistory([open]);
    const next = toldHistory(right, 'another cluster');
    const [started, ...rest] = next;
    if (!answer || !started) throw new Error('they are told');
    expect(checks.observe(behind(before, [started, answer, ...rest]))).toEqual([]);
    expect(notHeld(checks)).toEqual([]);
    expect(checks.report().operations).toEqual({ appends: 2, reads: 1, unknown: 0 });
  });
});
