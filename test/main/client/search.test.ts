import { expect, it } from 'vitest';
import { Search } from '../../../main/client/search.ts';
import { Servers } from '../../../main/client/servers.ts';
import type { Address } from '../../../shared/cluster-config.ts';
import { serverAt, threeServers } from '../../support/client-world.ts';

function begin(): { servers: Servers; search: Search; dialled: Address[] } {
  const servers = new Servers(threeServers);
  const dialled: Address[] = [];
  return { servers, dialled, search: new Search(servers, (address) => dialled.push(address)) };
}

it('greets everybody, later each time, until somebody is there', () => {
  const { servers, search, dialled } = begin();
  expect(search.check(100)).toBe(150);
  expect(dialled).toEqual(threeServers);
  expect(search.go(120)).toBe(150);
  expect(dialled).toHaveLength(3);
  expect(search.check(150)).toBe(250);
  servers.onProven(serverAt(0), 160);
  expect(search.check(250)).toBe(Infinity);
  expect(dialled).toHaveLength(6);
});

it('is in vain after a while, and later under another name', () => {
  const { search } = begin();
  search.check(1_000);
  expect([search.isInVain(5_999), search.isInVain(6_000)]).toEqual([false, true]);
  search.begin(6_000);
  expect([search.isInVain(15_999), search.isInVain(16_000)]).toEqual([false, true]);
});
