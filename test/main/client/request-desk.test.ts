import { describe, expect, it } from 'vitest';
import { limits } from '../../../shared/cluster-config.ts';
import { appended, ClientWorld, codesOf, failed, serverAt } from '../../support/client-world.ts';

const read = { kind: 'index-range', startIndex: 1, endIndex: 9 } as const;

describe('sessions', () => {
  it('opens one before the first append, and numbers the appends of it', async () => {
    const world = new ClientWorld();
    await world.begin(0, 100);
    await world.append('a');
    await world.append('b');
    const stamps = world.takeRequests().map(({ request }) => request.kind === 'append' && request.session);
    expect(stamps).toEqual([
      { sessionId: 100, sequence: 2, lowestOpen: 2 },
      { sessionId: 100, sequence: 3, lowestOpen: 2 },
    ]);
    expect(world.desk.status()).toMatchObject({ sessionId: 100, waiting: 2, leader: serverAt(0) });
  });

  it('opens none for reads, and none where the client wants none', async () => {
    const world = new ClientWorld({ sessions: false });
    await world.meet(0);
    await world.submit(read);
    await world.append('a');
    expect(world.takeRequests().map(({ request }) => request.kind)).toEqual(['index-range', 'append']);
  });

  it("leaves a caller's own session alone", async () => {
    const world = new ClientWorld();
    await world.meet(0);
    const session = { sessionId: 7, sequence: 3, lowestOpen: 1 };
    await world.submit({ kind: 'append', entries: [new Uint8Array(1)], session });
    expect(world.takeRequests().map(({ request }) => request)).toMatchObject([{ kind: 'append', session }]);
  });

  it('keeps no more open than a window, and lets the others follow', async () => {
    const world = new ClientWorld();
    await world.begin();
    for (let count = 0; count < limits.sessionWindowMax + 5; count += 1) await world.append('x');
    const sent = world.takeRequests();
    expect(sent).toHaveLength(limits.sessionWindowMax);
    // The second is answered, but the first holds the window back.
    await world.answer(0, [[sent[1]?.number ?? 0, appended(2)]]);
    expect(world.takeRequests()).toEqual([]);
    await world.answer(0, [[sent[0]?.number ?? 0, appended(1)]]);
    expect(world.takeRequests()).toHaveLength(2);
  });

  it('[6.3] opens another one when its own has expired, and says that the outcome of the failed append is unknown', async () => {
    const world = new ClientWorld();
    await world.begin(0, 100);
    await world.append('a');
    const [sent] = world.takeRequests();
    await world.answer(0, [[sent?.number ?? 0, failed('session-expired')]]);
    expect(codesOf(world)).toEqual(['session-expired']);
    expect(world.desk.status().sessionId).toBeNull();
    await world.append('b');
    const [opening] = world.takeRequests();
    expect(opening?.request.kind).toBe('open-session');
    await world.answer(0, [[opening?.number ?? 0, { ok: true, value: { kind: 'open-session', sessionId: 200 } }]]);
    expect(world.takeRequests().map(({ request }) => request)).toMatchObject([
      { kind: 'append', session: { sessionId: 200, sequence: 1, lowestOpen: 1 } },
    ]);
  });

  it('gives appends their failure when no session can be had', async () => {
    const world = new ClientWorld();
    await world.meet(0);
    await world.append('a', 300);
    await world.pass(400);
    expect(codesOf(world)).toEqual(['no-leader']);
    expect(world.results[0]).toMatchObject({ failure: { message: expect.stringContaining('nothing was appended') } });
  });
});

describe('failures that time or another server may mend', () => {
  it.each(['no-leader', 'overloaded', 'not-running', 'leadership-lost'] as const)(
    'tries again after %s, also without a session',
    async (code) => {
      const world = new ClientWorld({ sessions: false });
      await world.meet(0, 1, 2);
      await world.append('a');
      const [first] = world.takeRequests();
      await world.answer(0, [[first?.number ?? 0, failed(code)]], null);
      await world.pass(1_000);
      const [again] = world.takeRequests();
      expect(again?.number).toBe(first?.number);
      await world.answer(0, [[again?.number ?? 0, appended(1)]]);
      expect(world.results).toEqual([appended(1)]);
    },
  );

  it('goes at once to the leader that is named, and greets it first when it is not known', async () => {
    const world = new ClientWorld({ servers: [serverAt(0).address] });
    await world.meet(0);
    await world.submit({ kind: 'set-retention', retainEntries: 9 });
    const [first] = world.takeRequests();
    await world.answer(0, [[first?.number ?? 0, failed('no-leader')]], 2);
    expect(world.dialled).toContainEqual(serverAt(2).address);
    await world.meet(2);
    await world.pass(1);
    expect(world.take()).toMatchObject([{ to: 2, call: { requests: [{ number: first?.number }] } }]);
    expect(world.desk.status().leader).toEqual(serverAt(2));
  });

  it('does not hurry between servers that name each other', async () => {
    const world = new ClientWorld();
    await world.meet(0, 1);
    await world.submit({ kind: 'open-session' }, 1_000);
    for (let count = 0; count < 200; count += 1) {
      for (const { to, call } of world.take()) {
        await world.answer(to, [[call.requests[0]?.number ?? 0, failed('no-leader')]], 1 - to);
      }
      if (count % 10 === 0) await world.pass(10);
    }
    expect(world.results).toEqual([]);
    expect(world.nowMs).toBeLessThan(1_000);
  });

  it('hands a late definite failure on instead of asking in vain', async () => {
    const world = new ClientWorld({ sessions: false });
    await world.meet(0);
    await world.append('a', 1_000);
    const [sent] = world.takeRequests();
    expect(sent?.timeoutMs).toBe(900);
    await world.pass(900);
    await world.answer(0, [[sent?.number ?? 0, failed('no-leader')]], null);
    expect(codesOf(world)).toEqual(['no-leader']);
  });

  it('does not say that nothing was done while another copy may be under way', async () => {
    const world = new ClientWorld();
    await world.begin(0);
    await world.append('a', 1_000);
    await world.pass(500);
    const copies = world.take();
    expect(copies.length).toBeGreaterThan(1);
    const last = copies.at(-1);
    await world.pass(450);
    await world.answer(last?.to ?? 0, [[last?.call.requests[0]?.number ?? 0, failed('no-leader')]], null);
    await world.pass(100);
    expect(codesOf(world)).toEqual(['timed-out']);
  });
});

it('asks the server that was named first for a local read', async () => {
  const world = new ClientWorld({ servers: [serverAt(1).address] });
  await world.meet(1, 2);
  await world.answer(2, [], 2);
  await world.submit({ ...read, read: 'local' });
  await world.submit(read);
  expect(world.take().map(({ to }) => to)).toEqual([1, 2]);
});

it('tells everybody when it is closed, and takes nothing any more', async () => {
  const world = new ClientWorld({ sessions: false });
  await world.append('early');
  await world.meet(0);
  await world.append('left');
  world.desk.close();
  await world.append('late');
  expect(codesOf(world)).toEqual(['timed-out', 'timed-out', 'not-running']);
  await world.pass(10_000);
  expect(world.results).toHaveLength(3);
});
