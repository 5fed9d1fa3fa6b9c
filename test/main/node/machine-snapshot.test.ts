import { array, assert, constantFrom, integer, nat, option, property, record, type Arbitrary } from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LogEntry } from '../../../shared/log-entry.ts';
import type { ClientSession, RequestOutcome } from '../../../main/node/client-sessions.ts';
import { RisingMap } from '../../../shared/rising-map.ts';
import { LogStateMachine } from '../../../main/node/log-state-machine.ts';
import { decodeMachine, encodeMachine, type MachineState } from '../../../main/node/machine-snapshot.ts';
import { StorageError } from '../../../main/ports.ts';

const state: MachineState = {
  appliedIndex: 12,
  digest: 4_294_967_295,
  lastClientEntry: { index: 9, term: 2 },
  retainEntries: 5,
  firstIndex: 8,
  openRequest: {
    firstIndex: 11,
    lastIndex: 12,
    term: 3,
    expect: { prevLogIndex: 9, prevLogTerm: 2 },
    session: { sessionId: 4, sequence: 2, lowestOpen: 1 },
  },
  withoutEffect: [[8, 8]],
  sessions: [
    {
      id: 4,
      lowestOpen: 1,
      lastUsed: 9,
      outcomes: new RisingMap<RequestOutcome>([
        [2, { kind: 'refused', lastClientEntry: { index: 0, term: 0 } }],
        [1, { kind: 'appended', firstIndex: 9, lastIndex: 9, term: 2 }],
      ]),
    },
  ],
};

describe('a state', () => {
  it('comes back from its bytes as it was', () => {
    expect(decodeMachine(encodeMachine(state))).toEqual(state);
    const empty = { ...state, openRequest: null, withoutEffect: [], sessions: [] };
    expect(decodeMachine(encodeMachine(empty))).toEqual(empty);
    const large = { ...state, appliedIndex: Number.MAX_SAFE_INTEGER };
    expect(decodeMachine(encodeMachine(large))).toEqual(large);
  });

  it('gives the same bytes in whatever order its outcomes were put in', () => {
    const turn = (session: ClientSession): ClientSession => {
      return { ...session, outcomes: new RisingMap([...session.outcomes].toReversed()) };
    };
    const turned = { ...state, sessions: state.sessions.map(turn) };
    expect(encodeMachine(turned)).toEqual(encodeMachine(state));
  });
});

it.each([
  ['nothing', []],
  ['noise', [0xc1, 2, 3]],
  ['another value', [0x93, 1, 2, 3]],
])('bytes that are %s are no state', (_what, bytes) => {
  expect(() => decodeMachine(new Uint8Array(bytes))).toThrow(StorageError);
});

describe('a machine', () => {
  /** What a step draws; each becomes an entry of a log that some cluster could have. */
  const drawn = record({
    kind: constantFrom('client', 'client', 'client', 'client', 'noop', 'session', 'retention'),
    newTerm: nat(9).map((value) => value === 0),
    size: integer({ min: 1, max: 3 }),
    cut: nat(5).map((value) => value === 0),
    session: option(record({ opened: nat(4), sequence: integer({ min: 1, max: 4 }), lowest: nat(2) })),
    expects: option(nat(3)),
    retain: nat(6),
  });

  function logOf(steps: readonly (typeof drawn extends Arbitrary<infer Step> ? Step : never)[]): LogEntry[] {
    const log: LogEntry[] = [];
    const opened: number[] = [];
    let term = 1;
    const push = (entry: Omit<LogEntry, 'index' | 'term' | 'payload'>): void =>
      void log.push({ index: log.length + 1, term, payload: new Uint8Array([log.length % 7]), ...entry });
    for (const { kind, newTerm, size, cut, session, expects, retain } of steps) {
      if (newTerm) term += 1;
      if (kind === 'noop') push({ kind });
      else if (kind === 'retention') push({ kind, retainEntries: retain });
      else if (kind === 'session') {
        push({ kind });
        opened.push(log.length);
      } else {
        for (let at = 0; at < (cut ? size - 1 : size); at++) {
          push({
            kind: 'client',
            ...(at > 0 && { continues: true }),
            ...(at < size - 1 && { more: true }),
            ...(at === 0 &&
              session && {
                session: {
                  sessionId: opened.at(-1 - session.opened) ?? 1,
                  sequence: session.sequence,
                  lowestOpen: Math.max(1, session.sequence - session.lowest),
                },
              }),
            ...(at === 0 &&
              expects !== null && { expect: { prevLogIndex: Math.max(0, log.length - expects), prevLogTerm: term } }),
          });
        }
        if (cut) term += 1;
      }
    }
    return log;
  }

  it('that goes on from a snapshot ends to the byte where one does that applied everything', () => {
    assert(
      property(array(drawn, { maxLength: 60 }), nat(200), (steps, cutAt) => {
        const log = logOf(steps);
        const cut = Math.min(cutAt, log.length);
        const whole = new LogStateMachine({ sessionsMax: 3 });
        let atCut = whole.snapshot();
        const fates = log.map((entry) => {
          const fate = whole.apply(entry);
          if (entry.index === cut) atCut = whole.snapshot();
          return fate;
        });
        const resumed = new LogStateMachine({ sessionsMax: 3 });
        resumed.restore(atCut);
        expect(resumed.snapshot()).toEqual(atCut);
        expect(log.slice(cut).map((entry) => resumed.apply(entry))).toEqual(fates.slice(cut));
        expect(resumed.snapshot()).toEqual(whole.snapshot());
        expect(resumed.digest).toBe(whole.digest);
        for (let index = whole.firstIndex; index <= log.length; index++) {
          expect(resumed.tookEffect(index)).toBe(whole.tookEffect(index));
        }
      }),
      { numRuns: 400 },
    );
  });

  it('lets each request of a session take effect at most once, whatever the log', () => {
    assert(
      property(array(drawn, { maxLength: 60 }), (steps) => {
        const log = logOf(steps.map((step) => ({ ...step, retain: 0 })));
        const machine = new LogStateMachine({ sessionsMax: 3 });
        for (const entry of log) machine.apply(entry);
        const effective = log.filter(
          ({ index, session }) => session && index <= machine.decidedIndex && machine.tookEffect(index),
        );
        const names = effective.map(({ session }) => `${session?.sessionId} ${session?.sequence}`);
        expect(names).toEqual([...new Set(names)]);
      }),
      { numRuns: 400 },
    );
  });
});
