/** What happens to requests while nobody answers. */
import { describe, expect, it } from 'vitest';
import { limits } from '../../../shared/cluster-config.ts';
import { isOutcomeKnown } from '../../../shared/result.ts';
import { appended, ClientWorld, codesOf, serverAt } from '../../support/client-world.ts';

const read = { kind: 'index-range', startIndex: 1, endIndex: 9 } as const;
const emptyRange = { ok: true, value: { kind: 'index-range', entries: [], appliedIndex: 0 } } as const;

describe('without an answer', () => {
  it('sends an append of a session again, later each time, with the same number and place', async () => {
    const world = new ClientWorld({ servers: [serverAt(0).address] });
    await world.meet(0);
    await world.append('a');
    const [opening] = world.takeRequests();
    await world.answer(0, [[opening?.number ?? 0, { ok: true, value: { kind: 'open-session', sessionId: 9 } }]]);
    await world.pass(4_000);
    const sent = world.take();
    const gaps = sent.slice(1).map(({ atMs }, at) => atMs - (sent[at]?.atMs ?? 0));
    expect(gaps[0]).toBeGreaterThanOrEqual(limits.clientRetryMinMs);
    expect(gaps[1]).toBeGreaterThan((gaps[0] ?? 0) * 1.5);
    expect(Math.max(...gaps)).toBeLessThan(limits.clientRetryMaxMs + 10);
    const copies = sent.flatMap(({ call }) => call.requests);
    expect(new Set(copies.map(({ number }) => number)).size).toBe(1);
    expect(new Set(copies.map(({ request }) => JSON.stringify(request))).size).toBe(1);
    await world.answer(0, [[copies[0]?.number ?? 0, appended(4)]]);
    expect(world.results).toEqual([appended(4)]);
  });

  it('goes to the next server when the leader is silent, and says unknown at the deadline', async () => {
    const world = new ClientWorld();
    await world.begin(1);
    await world.append('a', 1_000);
    await world.pass(1_100);
    const targets = world.take().map(({ to }) => to);
    expect(targets[0]).toBe(1);
    expect(new Set(targets).size).toBe(3);
    expect(codesOf(world)).toEqual(['timed-out']);
    const [result] = world.results;
    expect(result?.ok === false && result.failure.message).toMatch(
      /did not answer in time after it was sent \d+ times/,
    );
  });

  it('sends a change, and an append without a session, only once', async () => {
    const world = new ClientWorld({ sessions: false });
    await world.meet(0, 1, 2);
    await world.append('a', 2_000);
    await world.submit({ kind: 'set-retention', retainEntries: 9 }, 2_000);
    await world.pass(2_100);
    expect(world.takeRequests()).toHaveLength(2);
    expect(codesOf(world)).toEqual(['timed-out', 'timed-out']);
    // It asks after the server meanwhile.
    expect(world.dialled).toContainEqual(serverAt(0).address);
  });

  it('says who is silent when nobody was ever there, and that nothing was done', async () => {
    const world = new ClientWorld({ servers: [serverAt(0).address] });
    await world.append('a', 500);
    await world.submit(read, 500);
    await world.pass(600);
    expect(codesOf(world)).toEqual(['not-running', 'not-running']);
    const [append] = world.results;
    expect(append?.ok === false && append.failure.message).toBe(
      'Nobody answered at 127.0.0.1:7000: is a server running there, and are the cluster and its key the right ones?; nothing was appended.',
    );
    expect(world.dialled.length).toBeGreaterThan(2);
  });

  it('tells a read that failed without doubt', async () => {
    const world = new ClientWorld();
    await world.meet(0);
    await world.submit(read, 300);
    await world.pass(400);
    expect(world.results.every((result) => !result.ok && isOutcomeKnown(result.failure))).toBe(true);
  });
});

describe('another server', () => {
  it('sends all open appends again to a new leader', async () => {
    const world = new ClientWorld();
    await world.begin(0);
    for (const text of ['a', 'b', 'c']) await world.append(text);
    const numbers = world.takeRequests().map(({ number }) => number);
    await world.pass(40);
    await world.answer(1, [], 1);
    await world.pass(limits.clientRetryMinMs);
    const again = world.take();
    expect(new Set(again.map(({ to }) => to))).toEqual(new Set([1]));
    expect(again.flatMap(({ call }) => call.requests).map(({ number }) => number)).toEqual(numbers);
  });

  it('sends again at once what waits for a server that is back', async () => {
    const world = new ClientWorld({ servers: [serverAt(0).address], sessions: false });
    await world.meet(0);
    await world.submit(read);
    await world.append('a');
    await world.pass(1_000);
    world.take();
    await world.meet(0);
    await world.pass(1);
    expect(world.takeRequests().map(({ request }) => request.kind)).toEqual(['index-range']);
  });
});

it('begins anew after long silence, and not before', async () => {
  const world = new ClientWorld({ sessions: false });
  await world.meet(0);
  await world.submit(read);
  const [first] = world.take();
  await world.answer(0, [[first?.call.requests[0]?.number ?? 0, emptyRange]]);
  await world.pass(limits.clientIdleMs / 2 + 1);
  await world.submit(read);
  expect(world.take()).toEqual([]);
  await world.meet(0);
  const [second] = world.take();
  expect(second?.boot).not.toBe(first?.boot);
  await world.answer(0, [[second?.call.requests[0]?.number ?? 0, emptyRange]]);
  expect(world.results).toHaveLength(2);
});

it('takes another name when nobody listens to it for long, with requests under way', async () => {
  const world = new ClientWorld();
  await world.begin();
  await world.append('a', 20_000);
  await world.pass(15_000);
  const boots = [...new Set(world.take().map(({ boot }) => boot))];
  expect(boots).toHaveLength(1);
  await world.meet(1);
  const again = world.take();
  expect(again.map(({ call }) => call.requests.length)).toEqual([1]);
  expect(boots).not.toContain(again[0]?.boot);
});
