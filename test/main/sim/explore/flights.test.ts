import { expect, it } from 'vitest';
import { FlightTable } from '../../../../main/sim/explore/flights.ts';
import type { RequestVote } from '../../../../shared/raft-message.ts';

const ask: RequestVote = {
  kind: 'request-vote',
  term: 1,
  round: 1,
  candidateId: 0,
  lastLogIndex: 0,
  lastLogTerm: 0,
  transfer: false,
};

it('gives equal messages one number', () => {
  const flights = new FlightTable();
  const number = flights.numberOf(0, 1, ask);
  expect(flights.numberOf(0, 1, { ...ask })).toBe(number);
  expect(flights.numberOf(0, 2, ask)).not.toBe(number);
  expect(flights.numberOf(0, 1, { ...ask, term: 2 })).not.toBe(number);
  expect(flights.get(number)).toMatchObject({ from: 0, to: 1, message: ask });
});

it('finds the same message between servers of other names', () => {
  const flights = new FlightTable();
  const naming = [2, 0, 1];
  const renamed = flights.renamed(flights.numberOf(0, 1, ask), naming);
  expect(flights.get(renamed)).toMatchObject({ from: 2, to: 0, message: { ...ask, candidateId: 2 } });
});
