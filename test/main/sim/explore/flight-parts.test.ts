import { describe, expect, it } from 'vitest';
import { addFlight, partsOf, takePart, wholePrefix } from '../../../../main/sim/explore/flight-parts.ts';
import { FlightTable } from '../../../../main/sim/explore/flights.ts';
import type { AppendEntries, AppendEntriesReply } from '../../../../shared/raft-message.ts';

function append(lastIndex: number, leaderCommit: number): AppendEntries {
  const prefix = wholePrefix(lastIndex, (index) => index);
  return { kind: 'append-entries', term: 3, round: 0, leaderId: 0, leaderCommit, ...prefix };
}

describe('of an AppendEntries', () => {
  it('every part may arrive, and each is what a leader could send', () => {
    const message = append(2, 1);
    const parts = partsOf({ number: 0, from: 0, to: 1, message }).map((part) => part && takePart(message, part));
    // Behind 0: none, one or two entries; behind 1: none or one; behind 2: none; commit index 0 or 1 where it says more.
    expect(parts).toHaveLength(11);
    for (const part of parts) {
      if (part?.kind !== 'append-entries') throw new Error('a part is an AppendEntries');
      expect(part.prevLogTerm).toBe(part.prevLogIndex);
      expect(part.entries.map(({ index }) => index)).toStrictEqual(
        part.entries.map((_, at) => part.prevLogIndex + 1 + at),
      );
      expect(part.leaderCommit).toBeLessThanOrEqual(part.prevLogIndex + part.entries.length);
    }
  });

  it('the most that was said stays', () => {
    const flights = new FlightTable();
    const numbers: number[] = [];
    for (const message of [append(1, 0), append(2, 0), append(1, 1)]) {
      addFlight(numbers, flights.numberOf(0, 1, message), flights);
    }
    expect(numbers.map((number) => flights.get(number).message)).toMatchObject([
      { leaderCommit: 1, entries: [{}, {}] },
    ]);
    addFlight(numbers, flights.numberOf(0, 2, append(1, 0)), flights);
    expect(numbers).toHaveLength(2);
  });
});

it('of an acknowledgement, every smaller one may arrive', () => {
  const reply: AppendEntriesReply = {
    kind: 'append-entries-reply',
    term: 3,
    round: 0,
    storage: 0,
    success: true,
    matchIndex: 2,
    conflictTerm: 0,
    conflictIndex: 0,
  };
  const parts = partsOf({ number: 0, from: 1, to: 0, message: reply });
  expect(parts.map((part) => part && takePart(reply, part))).toMatchObject([
    { matchIndex: 0 },
    { matchIndex: 1 },
    { matchIndex: 2 },
  ]);
});
