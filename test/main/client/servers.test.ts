import { beforeEach, expect, it } from 'vitest';
import { Servers } from '../../../main/client/servers.ts';
import { limits } from '../../../shared/cluster-config.ts';
import { serverAt, threeServers } from '../../support/client-world.ts';

const patienceMs = 2 * limits.clientRetryMinMs;
let servers: Servers;

beforeEach(() => {
  servers = new Servers(threeServers);
  for (const id of [0, 1, 2]) servers.onProven(serverAt(id), 10);
});

it('has nobody to ask before somebody is proven', () => {
  const unproven = new Servers(threeServers);
  expect(unproven.target(false)).toBeUndefined();
  expect(unproven.isAnyHeard).toBe(false);
  expect(unproven.onHeard(0, serverAt(0), 10)).toBe(false);
});

it('asks the leader, or who was there first as long as none is known', () => {
  expect(servers.target(false)?.id).toBe(0);
  expect(servers.onHeard(0, serverAt(2), 20)).toBe(true);
  expect(servers.target(false)?.id).toBe(2);
  expect(servers.onHeard(1, null, 30)).toBe(false);
  expect(servers.leader?.id).toBe(2);
});

it('looks for a leader that it has not met', () => {
  const [first] = threeServers;
  const few = new Servers(first ? [first] : []);
  few.onProven(serverAt(0), 10);
  expect(few.onHeard(0, serverAt(2), 20)).toBe(false);
  expect(few.leaderToMeet).toEqual(serverAt(2).address);
  expect(few.addresses).toEqual([serverAt(0).address, serverAt(2).address]);
  expect(few.target(false)?.id).toBe(0);
  few.onProven(serverAt(2), 30);
  expect(few.leaderToMeet).toBeNull();
  expect(few.target(false)?.id).toBe(2);
});

it('takes for gone who does not even answer a greeting, and believes nobody for a while who says that it leads', () => {
  servers.onHeard(0, serverAt(1), 20);
  const leader = servers.leader;
  expect(leader && servers.ask(leader, 100)).toBe(100 + patienceMs);
  expect(servers.takeSilent(100 + patienceMs - 1)).toEqual([]);
  expect(servers.takeSilent(100 + patienceMs)).toEqual([1]);
  expect(servers.leader).toBeNull();
  expect(servers.onHeard(0, serverAt(1), 300)).toBe(false);
  expect(servers.leader).toBeNull();
  expect(servers.onHeard(0, serverAt(1), 1_000)).toBe(true);
});

it('gives one that answers the greeting more time', () => {
  const server = servers.find(0);
  if (server) servers.ask(server, 100);
  expect(servers.onProven(serverAt(0), 120)).toBe(false);
  expect(servers.takeSilent(1_000)).toEqual([]);
});

it('goes around, and back to who answers', () => {
  servers.onSilent(0, 100);
  expect(servers.target(false)?.id).toBe(1);
  servers.onSilent(1, 200);
  expect(servers.target(false)?.id).toBe(2);
  expect(servers.onProven(serverAt(1), 300)).toBe(true);
  servers.onSilent(2, 400);
  expect(servers.target(false)?.id).toBe(1);
});

it('knows the server that was named first, for local reads, as long as it answers', () => {
  servers.onHeard(0, serverAt(2), 20);
  expect(servers.target(true)?.id).toBe(0);
  servers.onSilent(0, 100);
  expect(servers.target(true)?.id).toBe(2);
});
