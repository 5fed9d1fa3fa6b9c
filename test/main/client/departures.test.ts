/** What leaves together, and what waits. */
import { describe, expect, it } from 'vitest';
import { limits } from '../../../shared/cluster-config.ts';
import { appended, ClientWorld, codesOf } from '../../support/client-world.ts';

const read = { kind: 'index-range', startIndex: 1, endIndex: 9 } as const;
const emptyRange = { ok: true, value: { kind: 'index-range', entries: [], appliedIndex: 0 } } as const;

describe('together', () => {
  it('sends the requests of one turn in one call, and numbers each', async () => {
    const world = new ClientWorld();
    await world.begin();
    for (let count = 0; count < 100; count += 1)
      world.desk.submit({ kind: 'append', entries: [new Uint8Array(64)] }, 5_000, (result) =>
        world.results.push(result),
      );
    await world.settle();
    const calls = world.take();
    expect(calls).toHaveLength(1);
    const numbers = calls[0]?.call.requests.map(({ number }) => number) ?? [];
    expect(new Set(numbers).size).toBe(100);
    await world.answer(
      0,
      numbers.toReversed().map((number) => [number, appended(number)]),
    );
    expect(world.results).toHaveLength(100);
  });

  it('holds back what is more than a network should carry at once', async () => {
    const world = new ClientWorld({ sessions: false });
    await world.meet(0);
    for (let count = 0; count < 4; count += 1)
      await world.submit({ kind: 'append', entries: [new Uint8Array(600_000)] });
    const sent = world.takeRequests();
    expect(sent).toHaveLength(2);
    await world.answer(0, [[sent[0]?.number ?? 0, appended(1)]]);
    expect(world.takeRequests()).toHaveLength(1);
  });

  it('refuses what is too much, or makes no sense, without sending it', async () => {
    const world = new ClientWorld();
    for (let count = 0; count < limits.clientRequestsMax; count += 1) world.desk.submit(read, 5_000, () => {});
    await world.submit(read);
    expect(codesOf(world)).toEqual(['overloaded']);
    const other = new ClientWorld();
    await other.submit({ kind: 'append', entries: [] });
    await other.submit(read, Number.NaN);
    expect(codesOf(other)).toEqual(['invalid', 'invalid']);
    expect(other.sent).toEqual([]);
  });
});

it('keeps in touch with servers that it does not need, so that they know it when it does', async () => {
  const world = new ClientWorld({ sessions: false });
  await world.meet(0, 1, 2);
  for (let second = 0; second < 60; second += 5) {
    await world.submit(read);
    for (const { to, call } of world.sent.filter(({ to }) => to === 0))
      for (const { number } of call.requests) await world.answer(to, [[number, emptyRange]]);
    await world.pass(5_000);
  }
  for (const id of [1, 2]) {
    const times = [0, ...world.sent.filter(({ to }) => to === id).map(({ atMs }) => atMs), 60_000];
    const silences = times.slice(1).map((atMs, place) => atMs - (times[place] ?? 0));
    expect(Math.max(...silences)).toBeLessThan(limits.clientIdleMs / 2);
  }
  expect(new Set(world.sent.map(({ boot }) => boot)).size).toBe(1);
});
