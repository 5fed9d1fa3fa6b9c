import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkHistory } from '../../../main/check/check-history.ts';
import type { Operation, Verdict } from '../../../main/check/contract.ts';
import { liveLimits, type HistoryLimits } from '../../../main/check/history/history-limits.ts';
import { rowsPerPage } from '../../../main/check/history/log-pages.ts';
import { HistoryRecorder } from '../../../main/check/history.ts';
import { LiveHistory } from '../../../main/check/live-history.ts';
import type { LabEvent } from '../../../shared/event.ts';
import { rightHistory, type KnownHistory } from '../../support/arbitrary-history.ts';
import { changedHistory } from '../../support/changed-history.ts';
import { MonitorStory } from '../../support/monitor-story.ts';
import { append, read, refused, unknown } from '../../support/history-story.ts';
import { toldHistory } from '../../support/told-history.ts';

interface Judged {
  readonly live: LiveHistory;
  readonly broken: readonly string[];
}

function judged(events: readonly LabEvent[], live = new LiveHistory()): Judged {
  const broken = events.flatMap((event) => live.observe(event)).map(({ promise }) => promise);
  return { live, broken: [...new Set(broken)].toSorted() };
}

function verdictsOf({ live }: Judged): readonly Verdict[] {
  return [...new Set(live.verdicts().map(({ verdict }) => verdict))];
}

/** As the offline check has it, of what the same events tell. */
function brokenAsAWhole(events: readonly LabEvent[]): readonly string[] {
  const recorder = new HistoryRecorder();
  for (const event of events) recorder.observe(event);
  const { violations } = checkHistory(recorder.operations());
  return [...new Set(violations.map(({ promise }) => promise))].toSorted();
}

describe('a history that is judged while it happens', () => {
  it('breaks the same promises as one that is judged as a whole, right or wrong', () => {
    let wrong = 0;
    fc.assert(
      fc.property(fc.oneof(rightHistory(12), changedHistory(8)), (history) => {
        const events = toldHistory(withEnd(history));
        const asAWhole = brokenAsAWhole(events);
        expect(judged(events).broken).toEqual(asAWhole);
        if (asAWhole.length > 0) wrong += 1;
      }),
      { numRuns: 5_000 },
    );
    expect(wrong).toBeGreaterThan(200);
  });

  it('raises no false alarm when next to nothing is remembered, and calls nothing held that fell out', () => {
    const none: HistoryLimits = {
      pagesMax: 1,
      openMax: 2,
      sightsMax: 1,
      failedMax: 1,
      claimsMax: 1,
      sessionRequestsMax: 1,
      stretchMax: 2,
    };
    let lost = 0;
    fc.assert(
      fc.property(rightHistory(20), ({ operations }) => {
        const history = judged(toldHistory(operations), new LiveHistory({ limits: none }));
        expect(history.broken).toEqual([]);
        if (verdictsOf(history).includes('evidence-lost')) lost += 1;
      }),
      { numRuns: 3_000 },
    );
    expect(lost).toBeGreaterThan(100);
  });

  it('names the latest event of each operation', () => {
    const events = toldHistory([append(1, [0, 10]), append(2, [11, 20]), read(1, [40, 50], [1])]);
    const live = new LiveHistory();
    expect(events.flatMap((event) => live.observe(event))).toMatchObject([
      {
        rule: 'read-index-confirms',
        events: [
          { node: -1, boot: 1, sequence: 7 },
          { node: -1, boot: 1, sequence: 5 },
        ],
      },
    ]);
  });

  it('says what it has judged so far', () => {
    const events = toldHistory([
      append(1, [0, 10]),
      append(3, [12, 15], unknown),
      read(1, [40, 50], [1]),
      append(2, [45, 90]),
    ]);
    const { live } = judged(events.slice(0, -1));
    expect(live.report()).toEqual({
      operations: { appends: 3, reads: 1, unknown: 0 },
      promiseVoid: 0,
      judgedUpToNs: 12,
    });
    expect([...live.unanswered]).toEqual(['append-3', 'append-2']);
  });

  it('forgets what is far back, and says so when something speaks of it', () => {
    const limits = { ...liveLimits, pagesMax: 2 };
    const appends = Array.from({ length: 4 * rowsPerPage }, (_, at) => append(at + 1, [at * 10, at * 10 + 5]));
    const end = appends.length;
    const asked = { ...read(end, [100_000, 100_001], [end - 1, end]), startIndex: end - 1, endIndex: end };
    const late = judged(toldHistory([...appends, asked]), new LiveHistory({ limits }));
    expect([late.broken, verdictsOf(late)]).toEqual([[], ['held']]);
    const whole = judged(
      toldHistory([...appends, { ...asked, startIndex: 1, endIndex: 1 }]),
      new LiveHistory({ limits }),
    );
    expect(verdictsOf(whole)).toContain('evidence-lost');
  });
});

describe('what the stream leaves open', () => {
  const right: readonly Operation[] = [append(1, [0, 10]), read(1, [20, 30], [1])];

  it('is evidence that is lost: a gap, an answer without its request, a beginning in the middle', () => {
    const events = toldHistory(right);
    for (const kept of [events.toSpliced(2, 1), events.toSpliced(1, 1), events.slice(2)]) {
      const history = judged(kept);
      expect([history.broken, verdictsOf(history)]).toEqual([[], ['evidence-lost']]);
    }
    expect(verdictsOf(judged(events))).toEqual(['held']);
  });

  it('is what requests carried, and what reads showed', () => {
    const bare = toldHistory(right).map((event) => {
      if (event.type !== 'request-sent' || event.request.kind !== 'append') return event;
      const { digests: _, ...request } = event.request;
      return { ...event, request };
    });
    expect(verdictsOf(judged(bare))).toEqual(['evidence-lost']);
    const blind = toldHistory(right).map((event) => {
      if (event.type !== 'request-answered' || event.outcome.kind !== 'range') return event;
      const { entries: _, ...outcome } = event.outcome;
      return { ...event, outcome };
    });
    const history = judged(blind);
    expect(history.live.verdicts().filter(({ verdict }) => verdict !== 'held')).toMatchObject([
      { promise: 'linearizability' },
    ]);
  });

  it('is whose the entries are that a log had before', () => {
    const before = read(9, [20, 30], [7, 8, 9]);
    const started = new MonitorStory(1).start(0, { lastIndex: 8 }).events.at(-1);
    const [cluster, ...rest] = toldHistory([{ ...before, startIndex: 7, endIndex: 8, outcome: outcomeOf(8, [7, 8]) }]);
    if (!started || !cluster) throw new Error('both are told');
    expect(judged([cluster, started, ...rest]).broken).toEqual([]);
    const [, ...beyond] = toldHistory([before]);
    expect(judged([cluster, started, ...beyond]).broken).toEqual(['linearizability']);
    // What it was asked on condition of, too.
    const [, ...met] = toldHistory([
      append(10, [0, 5], { expect: { prevLogIndex: 8, prevLogTerm: 1 } }),
      refused('r', [6, 7], 8, 10),
    ]);
    expect(judged([cluster, started, ...met]).broken).toEqual([]);
  });

  it('is what clients from outside do', () => {
    const story = new MonitorStory(1);
    const datagram = { datagram: 1, uuid: '', bytes: 1, message: { kind: 'client-call', round: 1 } } as const;
    story.tell(0, { type: 'datagram-received', from: 70_000, fromBoot: 1, ...datagram });
    expect(verdictsOf(judged([...toldHistory(right), ...story.events]))).toEqual(['evidence-lost']);
  });
});

describe('what nodes tell', () => {
  it('explains that entries are gone', () => {
    const gone = { ...read(0, [40, 50], []), outcome: { kind: 'compacted', firstIndex: 3 } } as const;
    const [cluster, ...rest] = toldHistory([gone]);
    const story = new MonitorStory(1).tell(0, { type: 'retention-changed', index: 2, retainEntries: 5 });
    if (!cluster) throw new Error('it is told');
    expect(judged([cluster, ...rest]).broken).toEqual(['linearizability']);
    expect(judged([cluster, ...story.events, ...rest]).broken).toEqual([]);
  });

  it('takes the promise from lease reads while clocks drift', () => {
    const [asked, answered] = [60_000_000_000, 60_000_000_001];
    const stale = [append(1, [0, 10]), append(2, [20, 30]), read(1, [asked, answered], [1], 'lease')];
    const drifting = (partsPerMillion: number): Judged => {
      const told = toldHistory(stale);
      const fault = {
        type: 'node-fault',
        target: 0,
        fault: 'clock-rate',
        faultRule: 'clock 0',
        reason: 'x',
        partsPerMillion,
      } as const;
      const events = [
        ...told.slice(0, 5),
        { ...told[5], ...fault, node: -1, boot: 1, sequence: 6, timeNs: 40, lamport: 6 },
      ];
      return judged([...events, ...told.slice(5).map((event) => ({ ...event, sequence: event.sequence + 1 }))]);
    };
    const beyond = drifting(200_000);
    expect([beyond.broken, beyond.live.report().promiseVoid]).toEqual([[], 1]);
    expect(drifting(100_000).broken).toEqual(['lease-reads']);
  });
});

/** What is not answered is given up at the end; a read shows what the log holds then. */
function withEnd({ operations, finalLog: { lastIndex, entries } }: KnownHistory): readonly Operation[] {
  const outcome = { kind: 'ok', appliedIndex: lastIndex, entryCount: entries.length, entries } as const;
  const ended = operations.map((one) => ({ ...one, completedNs: Math.min(one.completedNs, 900) }));
  return [...ended, { ...read(0, [1_000, 1_001], []), outcome }];
}

function outcomeOf(appliedIndex: number, indexes: readonly number[]) {
  const entries = indexes.map((index) => ({ index, term: 1, digest: index }));
  return { kind: 'ok', appliedIndex, entryCount: entries.length, entries } as const;
}
