import { expect, it } from 'vitest';
import type { LogEntry } from '../../../shared/log-entry.ts';
import { LogStateMachine } from '../../../main/node/log-state-machine.ts';

const client = (index: number, term: number, more: Partial<LogEntry> = {}): LogEntry => ({
  index,
  term,
  kind: 'client',
  payload: new Uint8Array(),
  ...more,
});
const noop = (index: number, term: number): LogEntry => client(index, term, { kind: 'noop' });
const expecting = (prevLogIndex: number, prevLogTerm: number) => ({ expect: { prevLogIndex, prevLogTerm } });

function applied(...entries: LogEntry[]): { machine: LogStateMachine; took: boolean[] } {
  const machine = new LogStateMachine();
  return { machine, took: entries.map((entry) => machine.apply(entry)) };
}

it('knows the last client entry, whatever internal ones stand around it', () => {
  const { machine } = applied(noop(1, 1), client(2, 1), noop(3, 2));
  expect(machine.lastClientEntry).toEqual({ index: 2, term: 1 });
  expect(machine.appliedIndex).toBe(3);
});

it('compares an expectation with the last client entry; (0, 0) before the first', () => {
  const { took } = applied(noop(1, 1), client(2, 1, expecting(0, 0)), noop(3, 2), client(4, 2, expecting(2, 1)));
  expect(took).toEqual([true, true, true, true]);
});

it.each([
  ['another index', expecting(1, 1)],
  ['another term', expecting(2, 2)],
  ['the first entry', expecting(0, 0)],
  ['the future', expecting(3, 1)],
])('leaves an entry without effect that expects %s', (_what, expectation) => {
  const { machine, took } = applied(noop(1, 1), client(2, 1), client(3, 1, expectation));
  expect(took).toEqual([true, true, false]);
  expect(machine.lastClientEntry).toEqual({ index: 2, term: 1 });
  expect([1, 2, 3].map((index) => machine.isRefused(index))).toEqual([false, false, true]);
});

it('gives the entries of one request the fate of the first', () => {
  const { took } = applied(
    client(1, 1, expecting(7, 7)),
    client(2, 1, { continues: true }),
    client(3, 1, { continues: true }),
    client(4, 1, expecting(0, 0)),
    client(5, 1, { continues: true }),
  );
  expect(took).toEqual([false, false, false, true, true]);
});

it('does not carry a refusal over to the next request', () => {
  const { took } = applied(client(1, 1, expecting(7, 7)), noop(2, 2), client(3, 2));
  expect(took).toEqual([false, true, true]);
});

it('refuses to leave an entry out or to apply one twice', () => {
  const { machine } = applied(noop(1, 1));
  expect(() => machine.apply(noop(3, 1))).toThrow("entry 3 can't be applied after 1");
  expect(() => machine.apply(noop(1, 1))).toThrow("entry 1 can't be applied after 1");
});
