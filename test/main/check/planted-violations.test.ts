import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkHistory } from '../../../main/check/check-history.ts';
import type { AppendOperation, HistoryViolation, Operation, ReadOperation } from '../../../main/check/contract.ts';
import { HistoryRecorder } from '../../../main/check/history.ts';
import { LiveHistory } from '../../../main/check/live-history.ts';
import { rightLoad } from '../../support/right-load.ts';
import { toldHistory } from '../../support/told-history.ts';

type Done = AppendOperation & { readonly outcome: { readonly kind: 'ok' } };
type Shown = Extract<ReadOperation['outcome'], { kind: 'ok' }>;

interface Planted {
  readonly plant: (operations: readonly Operation[], pick: number) => readonly Operation[] | undefined;
  readonly promise: string;
  readonly rule: string;
  readonly sentence: RegExp;
  /** How many events are in conflict: two but for what stands alone. */
  readonly events?: number;
}

const isDone = (one: Operation): one is Done => one.kind === 'append' && one.outcome.kind === 'ok';
const chosen = <T>(items: readonly T[], pick: number): T | undefined => items[pick % Math.max(1, items.length)];

/** Changes what the read at the end shows. */
function changeEnd(operations: readonly Operation[], change: (shown: Shown) => Partial<Shown>): readonly Operation[] {
  return operations.map((one) => {
    if (one.requestId !== 'end' || one.kind !== 'read' || one.outcome.kind !== 'ok') return one;
    return { ...one, outcome: { ...one.outcome, ...change(one.outcome) } };
  });
}

/** The read at the end shows one entry more. */
function showMore(operations: readonly Operation[], digest: number): readonly Operation[] {
  return changeEnd(operations, ({ entries = [], appliedIndex, entryCount }) => {
    const index = appliedIndex + 1;
    return { entries: [...entries, { index, term: 1, digest }], appliedIndex: index, entryCount: entryCount + 1 };
  });
}

/** The read at the end shows another thing at the place of an answered append, or nothing. */
function changeShown(
  operations: readonly Operation[],
  pick: number,
  change: Partial<NonNullable<Shown['entries']>[number]> | 'none',
): readonly Operation[] | undefined {
  const append = chosen(operations.filter(isDone), pick);
  if (!append) return undefined;
  return changeEnd(operations, ({ entries = [] }) => ({
    entries: entries.flatMap((entry) => {
      if (entry.index !== append.outcome.firstIndex) return [entry];
      return change === 'none' ? [] : [{ ...entry, ...change }];
    }),
  }));
}

/** Two appends of one entry, one asked after the other was answered, change their places and what is shown there. */
function exchange(operations: readonly Operation[], pick: number): readonly Operation[] | undefined {
  const plain = operations
    .filter(isDone)
    .filter(({ digests, expect, session }) => digests.length === 1 && !expect && !session);
  const first = chosen(plain, pick);
  const second = first && plain.find(({ invokedNs }) => invokedNs > first.completedNs);
  if (!first || !second) return undefined;
  return operations.map((one) => {
    if (one === first) return { ...first, digests: second.digests, outcome: second.outcome };
    return one === second ? { ...second, digests: first.digests, outcome: first.outcome } : one;
  });
}

const read: Pick<Planted, 'promise' | 'rule'> = { promise: 'linearizability', rule: 'read-index-confirms' };

const planted: Readonly<Record<string, Planted>> = {
  'a lost append': {
    ...read,
    plant: (operations, pick) => changeShown(operations, pick, 'none'),
    sentence: /^The read end lacks entry \d+ of term 1 \(append \w+\)\.$/,
  },
  'two appends in another order than they were asked in': {
    ...read,
    plant: exchange,
    sentence:
      /^The append \w+ stands at \d+, before the append \w+ at \d+, which was answered before the former was asked\.$/,
  },
  'an append that takes effect twice': {
    ...read,
    plant: (operations, pick) => {
      const append = chosen(
        operations.filter(isDone).filter(({ session }) => !session),
        pick,
      );
      return append && showMore(operations, append.digests[0] ?? 0);
    },
    sentence:
      /^The read end shows at index \d+ an entry of append \w+, which stands at \d+ already: it took effect twice\.$/,
  },
  'a request of a session that takes effect twice': {
    promise: 'exactly-once',
    rule: 'client-dedupe',
    plant: (operations, pick) => {
      const append = chosen(
        operations.filter(isDone).filter(({ session }) => session),
        pick,
      );
      return append && showMore(operations, append.digests[0] ?? 0);
    },
    sentence:
      /^The read end shows at index \d+ an entry of append \w+, which stands at \d+ already: it took effect twice\.$/,
  },
  'a stale linearizable read': {
    ...read,
    plant: (operations) =>
      operations.map((one): Operation => {
        if (one.requestId !== 'end' || one.kind !== 'read') return one;
        const outcome = { kind: 'ok', appliedIndex: 3, entryCount: 0, entries: [] } as const;
        return { ...one, startIndex: 4, outcome };
      }),
    sentence: /^Stale: the read end shows the log up to 3, and the append \w+ at \d+ was answered before it began\.$/,
  },
  'a phantom': {
    ...read,
    plant: (operations) => showMore(operations, 5),
    sentence: /^The read end shows entry \d+ of term 1, which nobody appended\.$/,
    events: 1,
  },
  'another term': {
    promise: 'linearizability',
    rule: 'own-term-commit',
    plant: (operations, pick) => changeShown(operations, pick, { term: 9 }),
    sentence:
      /^At index \d+ read end shows another entry \(term 9\) than the one of term 1, which append \w+ put there\.$/,
  },
  'another payload': {
    promise: 'linearizability',
    rule: 'own-term-commit',
    plant: (operations, pick) => changeShown(operations, pick, { digest: 5 }),
    sentence:
      /^At index \d+ read end shows another entry \(term 1\) than the one of term 1, which append \w+ put there\.$/,
  },
  'a conditional append that should have been refused': {
    ...read,
    plant: (operations, pick) => {
      const [, ...later] = operations
        .filter(isDone)
        .toSorted((left, right) => left.outcome.firstIndex - right.outcome.firstIndex);
      const append = chosen(
        later.filter(({ session }) => !session),
        pick,
      );
      const expect = { prevLogIndex: 0, prevLogTerm: 0 };
      return append && operations.map((one) => (one === append ? { ...append, expect } : one));
    },
    sentence:
      /^The append \w+ (expected an empty log and took effect at \d+ behind entry \d+ of term 1|was judged as if entry \d+ of term 1 .* did not stand before it)\.$/,
  },
  'a conditional append that was refused with what it expected': {
    ...read,
    plant: (operations, pick) => {
      const refused = operations.filter(
        (one): one is AppendOperation => one.kind === 'append' && one.outcome.kind === 'conflict',
      );
      const append = chosen(refused, pick);
      if (append?.outcome.kind !== 'conflict' || !append.outcome.last) return undefined;
      const { index: prevLogIndex, term: prevLogTerm } = append.outcome.last;
      return operations.map((one) => (one === append ? { ...append, expect: { prevLogIndex, prevLogTerm } } : one));
    },
    sentence: /^The append \w+ was refused with what it expected, entry \d+ of term 1\.$/,
    events: 1,
  },
};

function liveViolations(operations: readonly Operation[]): readonly HistoryViolation[] {
  const live = new LiveHistory();
  return toldHistory(operations).flatMap((event) => live.observe(event));
}

function violationsAsAWhole(operations: readonly Operation[]): readonly HistoryViolation[] {
  const recorder = new HistoryRecorder();
  for (const event of toldHistory(operations)) recorder.observe(event);
  return checkHistory(recorder.operations()).violations;
}

describe('a history of hundreds of operations', () => {
  it('is accepted when all is right, as a whole and live', () => {
    for (let seed = 1; seed <= 2_000; seed++) {
      const operations = rightLoad(seed);
      expect([seed, violationsAsAWhole(operations)]).toEqual([seed, []]);
      expect([seed, liveViolations(operations)]).toEqual([seed, []]);
    }
  });

  it.each(Object.entries(planted))(
    'is not with %s in it, and it is told what',
    (_, { plant, events = 2, ...found }) => {
      let plants = 0;
      fc.assert(
        fc.property(fc.nat(), fc.nat(1_000), (seed, pick) => {
          const operations = plant(rightLoad(seed), pick);
          if (!operations) return;
          plants += 1;
          for (const violations of [liveViolations(operations), violationsAsAWhole(operations)]) {
            const { promise, rule, sentence } = found;
            const told = violations.find(
              (violation) => violation.promise === promise && sentence.test(violation.sentence),
            );
            expect(told, violations.map((violation) => violation.sentence).join('\n')).toMatchObject({ rule });
            expect(told?.events).toHaveLength(events);
          }
        }),
        { numRuns: 200, endOnFailure: true },
      );
      expect(plants).toBeGreaterThan(100);
    },
  );
});
