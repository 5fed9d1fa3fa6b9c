import { expect, it } from 'vitest';
import { drawAdministratorAct, drawClientAct, drawSessions, drawSome } from '../../../main/sim/draw-client-acts.ts';
import { Draws } from '../../../main/sim/draws.ts';

it('draws appends and reads as the mix says', () => {
  const draws = new Draws(1, 'clients');
  const { mix } = drawSessions(draws);
  const acts = Array.from({ length: 500 }, () =>
    drawClientAct(draws, { ...mix, reads: 300, expects: 1_000 }, 1, [0, 1]),
  );
  const reads = acts.filter(({ kind }) => kind === 'read').length;
  expect(reads).toBeGreaterThan(100);
  expect(reads).toBeLessThan(200);
  expect(acts.every((act) => act.kind !== 'append' || act.expect)).toBe(true);
  expect(acts.every((act) => act.kind !== 'append' || act.payloads.every((bytes) => bytes >= 8))).toBe(true);
});

it('copies and repeats only what belongs to a session', () => {
  const draws = new Draws(2, 'clients');
  const { mix } = drawSessions(draws);
  const draw = () => drawClientAct(draws, { ...mix, sessions: 500, copies: 500 }, 1, [0, 1]);
  const acts = Array.from({ length: 500 }, draw).flatMap((act) => (act.kind === 'append' ? [act] : []));
  const again = acts.filter(({ copyTo, asksAgain }) => copyTo !== null || asksAgain > 0);
  expect(again.length).toBeGreaterThan(50);
  expect(again.every(({ session }) => session)).toBe(true);
});

it('asks the administrator only for what the mix has', () => {
  const draws = new Draws(3, 'administrator');
  const mix = { changes: 0, transfers: 5, retentions: 0, hasSpares: false };
  for (let count = 0; count < 50; count++) expect(drawAdministratorAct(draws, mix, [0, 1, 2]).kind).toBe('transfer');
});

it('draws different servers, ascending', () => {
  const draws = new Draws(4, 'some');
  for (let count = 0; count < 50; count++) {
    const some = drawSome(draws, [0, 1, 2, 3, 4], 3);
    expect(new Set(some).size).toBe(3);
    expect(some).toEqual(some.toSorted((one, other) => one - other));
  }
});
