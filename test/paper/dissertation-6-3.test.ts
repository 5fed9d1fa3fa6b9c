/**
 * Client sessions: Raft §8, sentence by sentence, and what the dissertation adds to it in §6.3, in our words.
 */
import { describe, expect, it } from 'vitest';
import type { LogEntry, SessionStamp } from '../../shared/log-entry.ts';
import { LogStateMachine } from '../../main/node/log-state-machine.ts';

const noPayload = new Uint8Array(0);
const opening = (index: number): LogEntry => ({ index, term: 1, kind: 'session', payload: noPayload });

function command(index: number, sessionId: number, sequence: number, lowestOpen = 1): LogEntry {
  const session: SessionStamp = { sessionId, sequence, lowestOpen };
  return { index, term: 1, kind: 'client', payload: noPayload, session };
}

function applied(entries: readonly LogEntry[], sessionsMax = 3): LogStateMachine {
  const machine = new LogStateMachine({ sessionsMax });
  for (const entry of entries) machine.apply(entry);
  return machine;
}

const appendedAt = (index: number) => ({ kind: 'appended', firstIndex: index, lastIndex: index, term: 1 });

describe('Raft §8', () => {
  it('"If the leader crashes after committing the log entry but before responding to the client, the client will retry the command with a new leader, causing it to be executed a second time": not here', () => {
    const machine = applied([opening(1), command(2, 1, 1), command(3, 1, 1)]);
    expect(machine.tookEffect(2)).toBe(true);
    expect(machine.tookEffect(3)).toBe(false);
    expect(machine.lastClientEntry.index).toBe(2);
  });

  it('"clients … assign unique serial numbers to every command. Then, the state machine tracks the latest serial number processed for each client, along with the associated response"', () => {
    const machine = applied([opening(1), opening(2), command(3, 1, 1), command(4, 2, 1), command(5, 1, 2)]);
    const outcomeOf = (sessionId: number, sequence: number) =>
      machine.outcomeOf({ sessionId, sequence, lowestOpen: 1 });
    expect(outcomeOf(1, 1)).toMatchObject(appendedAt(3));
    expect(outcomeOf(2, 1)).toMatchObject(appendedAt(4));
    expect(outcomeOf(1, 2)).toMatchObject(appendedAt(5));
    expect(outcomeOf(2, 2)).toBeUndefined();
  });

  it('"If it receives a command whose serial number has already been executed, it responds immediately without re-executing the request"', () => {
    const machine = applied([opening(1), command(2, 1, 1)]);
    const before = machine.lastClientEntry;
    expect(machine.apply(command(3, 1, 1))).toMatchObject(appendedAt(2));
    expect(machine.lastClientEntry).toStrictEqual(before);
  });
});

describe('§6.3', () => {
  it('a session is an entry of the log, whose index is its id', () => {
    expect(applied([command(1, 1, 1)]).tookEffect(1)).toBe(false);
    expect(applied([opening(1), command(2, 1, 1)]).tookEffect(2)).toBe(true);
  });

  it('a client may have several requests under way: each keeps its answer until the client says that it has it', () => {
    const machine = applied([opening(1), command(2, 1, 2), command(3, 1, 1), command(4, 1, 3, 3)]);
    expect([2, 3, 4].map((index) => machine.tookEffect(index))).toStrictEqual([true, true, true]);
    expect(machine.apply(command(5, 1, 2, 1))).toMatchObject({ kind: 'forgotten' });
    expect(machine.tookEffect(5)).toBe(false);
  });

  it('all servers agree on when a session expires, since the log decides: the one that was used longest ago goes', () => {
    const entries = [opening(1), opening(2), opening(3), command(4, 1, 1), opening(5)];
    const machine = applied(entries);
    expect(machine.apply(command(6, 2, 1))).toMatchObject({ kind: 'expired' });
    expect(machine.apply(command(7, 1, 2))).toMatchObject(appendedAt(7));
    const others = applied([...entries, command(6, 2, 1), command(7, 1, 2)]);
    expect(others.snapshot()).toStrictEqual(machine.snapshot());
  });

  it('a request of a session that is not known takes no effect: whether it did before, nobody knows any more', () => {
    const machine = applied([opening(1), command(2, 9, 1)]);
    expect(machine.tookEffect(2)).toBe(false);
  });
});
