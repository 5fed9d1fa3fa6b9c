import { describe, expect, it } from 'vitest';
import type { EventBody } from '../../../shared/event.ts';
import type { LogEntry, SessionStamp } from '../../../shared/log-entry.ts';
import type { RuleId } from '../../../shared/rules.ts';
import { LogStateMachine, type RequestFate } from '../../../main/node/log-state-machine.ts';

const client = (index: number, term: number, more: Partial<LogEntry> = {}): LogEntry => ({
  index,
  term,
  kind: 'client',
  payload: new Uint8Array(),
  ...more,
});
const noop = (index: number, term: number): LogEntry => client(index, term, { kind: 'noop' });
const opening = (index: number): LogEntry => client(index, 1, { kind: 'session' });
const retention = (index: number, retainEntries: number): LogEntry =>
  client(index, 1, { kind: 'retention', retainEntries });
const expecting = (prevLogIndex: number, prevLogTerm: number) => ({ expect: { prevLogIndex, prevLogTerm } });
const stamp = (sessionId: number, sequence: number, lowestOpen = 1): { session: SessionStamp } => ({
  session: { sessionId, sequence, lowestOpen },
});

interface Applied {
  readonly machine: LogStateMachine;
  readonly fates: readonly (RequestFate | undefined)[];
  readonly took: readonly boolean[];
  readonly events: readonly EventBody[];
}

function applied(entries: readonly LogEntry[], rulesOff: readonly RuleId[] = [], sessionsMax = 3): Applied {
  const events: EventBody[] = [];
  const isRuleOn = (rule: RuleId): boolean => !rulesOff.includes(rule);
  const machine = new LogStateMachine({ sessionsMax, isRuleOn, emit: (event) => events.push(event) });
  const fates = entries.map((entry) => machine.apply(entry));
  return { machine, fates, took: entries.map(({ index }) => machine.tookEffect(index)), events };
}

const appended = (firstIndex: number, lastIndex: number, term = 1) => ({
  kind: 'appended',
  firstIndex,
  lastIndex,
  term,
});

describe('a condition', () => {
  it('is compared with the last client entry, whatever internal ones stand around it; (0, 0) before the first', () => {
    const { machine, took } = applied([
      noop(1, 1),
      client(2, 1, expecting(0, 0)),
      noop(3, 2),
      client(4, 2, expecting(2, 1)),
      noop(5, 2),
    ]);
    expect(took).toEqual([true, true, true, true, true]);
    expect([machine.lastClientEntry, machine.appliedIndex]).toEqual([{ index: 4, term: 2 }, 5]);
  });

  it.each([
    ['another index', expecting(1, 1)],
    ['another term', expecting(2, 2)],
    ['the first entry', expecting(0, 0)],
    ['the future', expecting(3, 1)],
  ])('that names %s leaves the entry without effect', (_what, expectation) => {
    const { machine, took, fates } = applied([noop(1, 1), client(2, 1), client(3, 1, expectation)]);
    expect(took).toEqual([true, true, false]);
    expect(fates[2]).toEqual({ kind: 'refused', lastClientEntry: { index: 2, term: 1 } });
    expect(machine.lastClientEntry).toEqual({ index: 2, term: 1 });
  });

  it('decides for the whole request, and for no other', () => {
    const { took } = applied([
      client(1, 1, { ...expecting(7, 7), more: true }),
      client(2, 1, { continues: true }),
      client(3, 1, { ...expecting(0, 0), more: true }),
      client(4, 1, { continues: true }),
      client(5, 1),
    ]);
    expect(took).toEqual([false, false, true, true, true]);
  });
});

describe('a request of several entries', () => {
  const first = client(1, 1, { more: true });
  const second = client(2, 1, { continues: true, more: true });
  const third = client(3, 1, { continues: true });

  it('takes effect as a whole, when its last entry is applied', () => {
    const { machine, fates } = applied([first, second]);
    expect([machine.decidedIndex, machine.lastClientEntry, fates]).toEqual([
      0,
      { index: 0, term: 0 },
      [undefined, undefined],
    ]);
    expect(machine.apply(third)).toEqual(appended(1, 3));
    expect([machine.decidedIndex, machine.lastClientEntry]).toEqual([3, { index: 3, term: 1 }]);
  });

  it.each([
    ['a no-op', noop(3, 2)],
    ['a session', opening(3)],
    ['another request', client(3, 2)],
    ['the rest of another request', client(3, 2, { continues: true })],
  ])('that is torn by %s has no effect', (_what, other) => {
    const { took, machine } = applied([first, second, other]);
    expect(took.slice(0, 2)).toEqual([false, false]);
    expect(machine.decidedIndex).toBe(3);
    expect(
      machine.apply(
        client(
          4,
          2,
          expecting(
            other.kind === 'client' && !other.continues ? 3 : 0,
            other.kind === 'client' && !other.continues ? 2 : 0,
          ),
        ),
      )?.kind,
    ).toBe('appended');
  });

  it('in a log of version 0.1, which marks no `more`, takes effect as it did', () => {
    const { took } = applied([
      client(1, 1),
      client(2, 1, { continues: true }),
      client(3, 1, expecting(9, 9)),
      client(4, 1, { continues: true }),
    ]);
    expect(took).toEqual([true, true, false, false]);
  });
});

describe('a session', () => {
  it('takes a repeated request once, and gives the first answer', () => {
    const { took, fates, events, machine } = applied([
      opening(1),
      client(2, 1, stamp(1, 1)),
      client(3, 1),
      client(4, 2, stamp(1, 1)),
    ]);
    expect(took).toEqual([true, true, true, false]);
    expect([fates[1], fates[3]]).toEqual([appended(2, 2), appended(2, 2)]);
    expect(events).toEqual([
      { type: 'request-repeated', index: 4, sessionId: 1, requestSequence: 1, rule: 'client-dedupe' },
    ]);
    expect(machine.lastClientEntry).toEqual({ index: 3, term: 1 });
    expect(machine.outcomeOf(stamp(1, 1).session)).toEqual(appended(2, 2));
  });

  it('remembers a refusal, even when the condition would hold by now', () => {
    const { took, fates } = applied([
      opening(1),
      client(2, 1, { ...stamp(1, 1), ...expecting(3, 1) }),
      client(3, 1),
      client(4, 1, { ...stamp(1, 1), ...expecting(3, 1) }),
    ]);
    expect(took).toEqual([true, false, true, false]);
    expect(fates[3]).toEqual({ kind: 'refused', lastClientEntry: { index: 0, term: 0 } });
  });

  it('takes requests that overtake each other', () => {
    const { took } = applied([
      opening(1),
      client(2, 1, stamp(1, 3)),
      client(3, 1, stamp(1, 1)),
      client(4, 1, stamp(1, 2)),
    ]);
    expect(took).toEqual([true, true, true, true]);
  });

  it('forgets what its client has the answers to; a late copy of that takes no effect', () => {
    const { took, fates, machine } = applied([
      opening(1),
      client(2, 1, stamp(1, 1)),
      client(3, 1, stamp(1, 2, 2)),
      client(4, 1, stamp(1, 1)),
    ]);
    expect(took).toEqual([true, true, true, false]);
    expect(fates[3]).toEqual({ kind: 'forgotten', ...stamp(1, 1) });
    expect(machine.outcomeOf(stamp(1, 1).session)).toBeUndefined();
    expect(machine.outcomeOf(stamp(1, 2).session)).toEqual(appended(3, 3));
  });

  it('does not count a torn request as seen', () => {
    const { took } = applied([
      opening(1),
      client(2, 1, { ...stamp(1, 1), more: true }),
      noop(3, 2),
      client(4, 2, { ...stamp(1, 1), more: true }),
      client(5, 2, { continues: true }),
    ]);
    expect(took).toEqual([true, false, true, true, true]);
  });

  it('that nobody opened, or that has expired, takes nothing', () => {
    const { took, fates, events } = applied(
      [
        opening(1),
        opening(2),
        client(3, 1, stamp(1, 1)),
        opening(4),
        client(5, 1, stamp(2, 1)),
        client(6, 1, stamp(1, 2)),
      ],
      [],
      2,
    );
    // Session 2 was used longest ago when the third was opened.
    expect(took).toEqual([true, true, true, true, false, true]);
    expect(fates[4]).toEqual({ kind: 'expired', ...stamp(2, 1) });
    expect(events).toMatchObject([{ type: 'session-expired', sessionId: 2, reason: expect.stringContaining('at 2') }]);
  });

  it('with rule client-dedupe off, lets every copy take effect, and says so', () => {
    const { took, fates, events, machine } = applied(
      [opening(1), client(2, 1, stamp(1, 1)), client(3, 1, stamp(1, 1))],
      ['client-dedupe'],
    );
    expect(took).toEqual([true, true, true]);
    expect(fates[2]).toEqual(appended(3, 3));
    expect(events).toMatchObject([{ type: 'rule-waived', rule: 'client-dedupe' }]);
    expect(machine.outcomeOf(stamp(1, 1).session)).toBeUndefined();
  });
});

describe('a retention', () => {
  it('says from where clients can read: the last so many entries', () => {
    const { machine } = applied([client(1, 1), client(2, 1), client(3, 1), retention(4, 2)]);
    expect([machine.retainEntries, machine.firstIndex]).toEqual([2, 3]);
    machine.apply(client(5, 1));
    expect(machine.firstIndex).toBe(4);
  });

  it('that is raised or taken back does not bring anything back', () => {
    const { machine } = applied([client(1, 1), client(2, 1), retention(3, 1), retention(4, 3), client(5, 1)]);
    expect(machine.firstIndex).toBe(3);
    machine.apply(retention(6, 0));
    machine.apply(client(7, 1));
    expect([machine.retainEntries, machine.firstIndex]).toEqual([0, 3]);
  });

  it('bounds what is remembered of refused entries', () => {
    const { machine } = applied([retention(1, 2)]);
    for (let index = 2; index < 2_000; index += 2) {
      machine.apply(client(index, 1, expecting(9_999, 1)));
      machine.apply(client(index + 1, 1));
    }
    expect(machine.snapshot().byteLength).toBeLessThan(100);
  });
});

it('refuses to leave an entry out or to apply one twice', () => {
  const { machine } = applied([noop(1, 1)]);
  expect(() => machine.apply(noop(3, 1))).toThrow("entry 3 can't be applied after 1");
  expect(() => machine.apply(noop(1, 1))).toThrow("entry 1 can't be applied after 1");
});

describe('another retention', () => {
  it('is told when its entry is applied, the same one again is not', () => {
    const { events } = applied([retention(1, 2), retention(2, 2), retention(3, 0)]);
    expect(events).toEqual([
      { type: 'retention-changed', index: 1, retainEntries: 2 },
      { type: 'retention-changed', index: 3, retainEntries: 0 },
    ]);
  });

  it('is told when a snapshot brings it, as of the end of the snapshot', () => {
    const { machine } = applied([retention(1, 2), client(2, 1)]);
    const restored = applied([]);
    restored.machine.restore(machine.snapshot());
    expect(restored.events).toEqual([{ type: 'retention-changed', index: 2, retainEntries: 2 }]);
    expect(restored.machine.retainEntries).toBe(2);
  });
});
