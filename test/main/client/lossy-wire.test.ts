/** Real nodes behind a network that loses every fifth of the client's datagrams, both ways. */
import { randomBytes } from 'node:crypto';
import { afterEach, expect, it } from 'vitest';
import { createClientClock } from '../../../main/client/client-clock.ts';
import { ClientSockets } from '../../../main/client/client-sockets.ts';
import { Connection } from '../../../main/client/connection.ts';
import { PromisedClient } from '../../../main/client/promised-client.ts';
import { RequestDesk } from '../../../main/client/request-desk.ts';
import { createClientTransport } from '../../../main/net/client-transport.ts';
import type { Datagrams } from '../../../main/ports.ts';
import type { Address } from '../../../shared/cluster-config.ts';
import { drawPercent } from '../../../shared/random.ts';
import { isOutcomeKnown } from '../../../shared/result.ts';
import { RealCluster } from '../../support/node-cluster.ts';

const closers: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close();
});

function lossy(sockets: ClientSockets, percent: number): Datagrams {
  const draws = { random: 7 };
  return {
    localAddress: sockets.localAddress,
    receiveBufferBytes: sockets.receiveBufferBytes,
    send(bytes: Uint8Array, to: Address) {
      if (!drawPercent(draws, percent)) sockets.send(bytes, to);
    },
    onDatagram: (handler) =>
      sockets.onDatagram((bytes, from) => {
        if (!drawPercent(draws, percent)) handler(bytes, from);
      }),
    onSendError: (handler) => sockets.onSendError(handler),
    close: () => sockets.close(),
  };
}

async function connectLossy(cluster: RealCluster, sessions: boolean): Promise<PromisedClient> {
  const { addresses: servers, clusterId, key } = cluster;
  const sockets = new ClientSockets();
  await sockets.open(servers);
  const clock = createClientClock();
  const connection = new Connection(
    (boot) => createClientTransport({ clusterId, key, boot, datagrams: lossy(sockets, 20) }),
    clock.nowNs() / 1_000_000,
  );
  const desk = new RequestDesk({ clock, connection, servers, sessions });
  const client = new PromisedClient(desk, () => sockets.closed());
  closers.push(() => client.close());
  return client;
}

async function startCluster(): Promise<RealCluster> {
  const cluster = await RealCluster.start(3);
  closers.push(() => cluster.close());
  await cluster.leader();
  return cluster;
}

async function standingIn(cluster: RealCluster): Promise<string[]> {
  return (await cluster.texts(await cluster.leader())).map((text) => text.slice(0, 10));
}

/** Of which each tenth needs several datagrams. */
function payloads(count: number): string[] {
  return Array.from(
    { length: count },
    (_, place) => `${place}`.padEnd(10) + (place % 10 === 0 ? randomBytes(60_000).toString('hex') : ''),
  );
}

it('[6.3] appends each once in a session, whatever is lost', async () => {
  const cluster = await startCluster();
  const client = await connectLossy(cluster, true);
  const texts = payloads(200);
  const results = await Promise.all(texts.map((text) => client.append({ entries: [text], timeoutMs: 60_000 })));
  expect(results.filter(({ ok }) => !ok)).toEqual([]);
  const standing = await standingIn(cluster);
  expect(standing.toSorted()).toEqual(texts.map((text) => text.slice(0, 10)).toSorted());
}, 90_000);

it('appends none twice without a session, and says of which it does not know', async () => {
  const cluster = await startCluster();
  const client = await connectLossy(cluster, false);
  const texts = payloads(60);
  const results = await Promise.all(texts.map((text) => client.append({ entries: [text], timeoutMs: 3_000 })));
  const standing = await standingIn(cluster);
  expect(new Set(standing).size).toBe(standing.length);
  const told = results.flatMap((result, place) =>
    result.ok || isOutcomeKnown(result.failure) ? [[place, result.ok] as const] : [],
  );
  expect(told.filter(([place, isDone]) => isDone !== standing.includes(`${place}`.padEnd(10)))).toEqual([]);
  expect(results.some(({ ok }) => ok)).toBe(true);
}, 60_000);
