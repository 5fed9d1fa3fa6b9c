import { expect, it } from 'vitest';
import { Connection } from '../../../main/client/connection.ts';
import type { ClientTransport } from '../../../main/net/client-transport.ts';
import { limits, type Member } from '../../../shared/cluster-config.ts';
import { serverAt } from '../../support/client-world.ts';

interface Opened {
  readonly boot: number;
  isClosed: boolean;
  tellServer: (server: Member) => void;
}

function begin(): { connection: Connection; opened: Opened[] } {
  const opened: Opened[] = [];
  const open = (boot: number): ClientTransport => {
    const one: Opened = { boot, isClosed: false, tellServer: () => {} };
    opened.push(one);
    return {
      dial: () => {},
      send: () => {},
      onServer: (handler) => {
        one.tellServer = handler;
      },
      onMessage: () => {},
      close: () => {
        one.isClosed = true;
      },
    };
  };
  return { connection: new Connection(open, 1_000), opened };
}

it('is old after half of the silence in which servers forget a client', () => {
  const { connection } = begin();
  connection.send(0, { kind: 'client-call', round: 1, requests: [] }, 2_000);
  expect(connection.isOld(2_000 + limits.clientIdleMs / 2)).toBe(false);
  expect(connection.isOld(2_001 + limits.clientIdleMs / 2)).toBe(true);
});

it('begins anew with another boot, and hears the former one no more', () => {
  const { connection, opened } = begin();
  const met: number[] = [];
  connection.onServer(({ id }) => met.push(id));
  opened[0]?.tellServer(serverAt(0));
  connection.renew(5_000);
  opened[0]?.tellServer(serverAt(1));
  opened[1]?.tellServer(serverAt(2));
  expect(met).toEqual([0, 2]);
  expect(opened.map(({ isClosed }) => isClosed)).toEqual([true, false]);
  const boots = opened.map(({ boot }) => boot);
  expect(new Set(boots).size).toBe(2);
  expect(boots.every((boot) => Number.isInteger(boot) && boot >= 1 && boot < 2 ** 32)).toBe(true);
  connection.close();
  opened[1]?.tellServer(serverAt(0));
  expect(met).toEqual([0, 2]);
});
