import { describe, expect, it } from 'vitest';
import { Clients } from '../../../main/sim/clients.ts';
import type { ClientAct } from '../../../main/sim/plan.ts';
import { startWithLeader } from '../../support/sim-cluster.ts';

type Append = Extract<ClientAct, { kind: 'append' }>;

const plain: Append = {
  kind: 'append',
  client: 1,
  node: 0,
  payloads: [8],
  expect: false,
  session: false,
  copyTo: null,
  asksAgain: 0,
  timeoutMs: 1_000,
};

function start() {
  const cluster = startWithLeader();
  const clients = new Clients(cluster.desk, cluster.nodes);
  const does = (act: ClientAct): void => {
    clients.carryOut(act);
    cluster.runFor(150);
  };
  const requests = () => cluster.events.flatMap((event) => (event.type === 'request-sent' ? [event.request] : []));
  const codes = () =>
    cluster.events.flatMap((event) =>
      event.type === 'request-answered'
        ? event.outcome.kind === 'failed'
          ? event.outcome.code
          : event.outcome.kind
        : [],
    );
  return { ...cluster, clients, does, requests, codes };
}

describe('Clients', () => {
  it('expects what it saw last, and learns from a conflict', () => {
    const { does, clients, requests, codes } = start();
    does({ ...plain, client: 1, payloads: [8, 8] });
    does({ ...plain, client: 2, expect: true });
    does({ ...plain, client: 2, expect: true });
    expect(codes()).toEqual(['appended', 'conflict', 'appended']);
    const [first, , third] = clients.acknowledged.length === 2 ? requests() : [];
    expect(first).toMatchObject({ entryCount: 2 });
    expect(third).toMatchObject({ expect: { prevLogIndex: (clients.acknowledged[0]?.firstIndex ?? 0) + 1 } });
    expect(clients.operations).toBe(3);
  });

  it('opens a session, numbers its requests, and sends copies under the same number', () => {
    const { does, clients, requests, events } = start();
    does({ kind: 'open-session', client: 1 });
    does({ ...plain, session: true });
    does({ ...plain, session: true, copyTo: 1 });
    const sessions = requests().map((request) => (request.kind === 'append' ? request.session?.sequence : 0));
    expect(sessions).toEqual([1, 2, 2]);
    const [first, second, third] = clients.acknowledged;
    expect(second).toEqual(third);
    expect(second?.firstIndex).toBeGreaterThan(first?.firstIndex ?? Infinity);
    expect(events.some(({ type }) => type === 'request-repeated')).toBe(true);
  });

  it('asks the next node again within its session, until it is over', () => {
    const { does, clients, nodes, requests } = start();
    does({ kind: 'open-session', client: 1 });
    nodes[0]?.kill();
    does({ ...plain, session: true, asksAgain: 3 });
    expect(requests()).toHaveLength(2);
    clients.end();
    does({ ...plain, session: true, asksAgain: 3 });
    expect(requests()).toHaveLength(3);
  });

  it('reads what it has not seen', () => {
    const { does, requests } = start();
    does({ ...plain, payloads: [8, 8, 8] });
    does({ kind: 'read', client: 1, node: 1, mode: 'linearizable', back: 1, timeoutMs: 500 });
    const [, read] = requests();
    expect(read?.kind === 'index-range' && read.startIndex).toBeGreaterThan(1);
  });
});
