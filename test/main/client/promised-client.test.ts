import { expect, it } from 'vitest';
import { PromisedClient } from '../../../main/client/promised-client.ts';
import { appended, ClientWorld } from '../../support/client-world.ts';

async function begin(): Promise<{ world: ClientWorld; client: PromisedClient }> {
  const world = new ClientWorld({ sessions: false });
  await world.meet(0);
  return { world, client: new PromisedClient(world.desk, async () => {}, 700) };
}

it('makes requests of calls, with a timeout of their own or the common one', async () => {
  const { world, client } = await begin();
  const servers = { voters: [{ id: 1, storage: 0 }], learners: [] };
  const asked = [
    client.append({ entries: ['é', new Uint8Array([1])], expect: { prevLogIndex: 1, prevLogTerm: 1 } }),
    client.indexRange({ startIndex: 1, endIndex: 2, read: 'lease', timeoutMs: 100 }),
    client.openSession(),
    client.setRetention({ retainEntries: 5, timeoutMs: 100 }),
    client.changeMembership({ mode: 'joint', ...servers }),
    client.transferLeadership({ to: 2 }),
  ];
  await world.settle();
  const requests = world.takeRequests();
  expect(requests.map(({ request }) => request)).toEqual([
    {
      kind: 'append',
      entries: [new Uint8Array([0xc3, 0xa9]), new Uint8Array([1])],
      expect: { prevLogIndex: 1, prevLogTerm: 1 },
    },
    { kind: 'index-range', startIndex: 1, endIndex: 2, read: 'lease' },
    { kind: 'open-session' },
    { kind: 'set-retention', retainEntries: 5 },
    { kind: 'change-membership', mode: 'joint', ...servers },
    { kind: 'transfer-leadership', to: 2 },
  ]);
  expect(requests.map(({ timeoutMs }) => timeoutMs)).toEqual([630, 90, 630, 90, 630, 630]);
  await client.close();
  expect((await Promise.all(asked)).map(({ ok }) => ok)).toEqual(asked.map(() => false));
});

it('settles with the answer', async () => {
  const { world, client } = await begin();
  const answer = client.append({ entries: ['x'] });
  await world.settle();
  await world.answer(0, [[world.takeRequests()[0]?.number ?? 0, appended(8)]]);
  expect(await answer).toEqual(appended(8));
  expect(client.status().waiting).toBe(0);
});
