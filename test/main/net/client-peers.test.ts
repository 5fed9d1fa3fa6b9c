import { expect, it } from 'vitest';
import { ClientPeers } from '../../../main/net/client-peers.ts';
import { Peer } from '../../../main/net/peer.ts';
import { limits } from '../../../shared/cluster-config.ts';
import { clientIdOf } from '../../../shared/ids.ts';

const here = { host: '127.0.0.1', port: 1 };
const there = { host: '127.0.0.1', port: 2 };

function rig() {
  const time = { nowNs: 0 };
  const clients = new ClientPeers({
    newPeer: (role, id, address) => new Peer({ id, role, address, fragmentWindowBytes: 1_000, sendPiece: () => 1 }),
    nowNs: () => time.nowNs,
  });
  const find = (boot: number): Peer => {
    const peer = clients.peerOf(boot, here);
    if (!(peer instanceof Peer)) throw new Error(peer.reason);
    return peer;
  };
  const admit = (boot: number) => {
    const peer = find(boot);
    const refusal = clients.admit(peer, there);
    if (refusal === undefined) peer.meet(boot);
    return refusal;
  };
  return { time, clients, find, admit };
}

it('keeps a client apart until it is proven, then where it was proven', () => {
  const { clients, find, admit } = rig();
  const asked = find(7);
  expect([asked.isMet, asked.address, clients.get(clientIdOf(7))]).toEqual([false, here, undefined]);
  expect(find(7)).toBe(asked);
  expect(admit(7)).toBeUndefined();
  expect(clients.get(clientIdOf(7))).toBe(asked);
  expect([find(7), asked.address, [...clients.all()]]).toEqual([asked, there, [asked]]);
});

it('forgets who is silent for long, and takes nothing of it any more', () => {
  const { time, clients, find, admit } = rig();
  for (const boot of [7, 8]) admit(boot);
  time.nowNs = limits.clientIdleMs * 1e6;
  find(8).heardNs = time.nowNs;
  clients.pulse(time.nowNs);
  expect([...clients.all()]).toHaveLength(2);
  time.nowNs += 60e6;
  clients.pulse(time.nowNs);
  expect([...clients.all()].map(({ boot }) => boot)).toEqual([8]);
  expect(clients.peerOf(7, here)).toMatchObject({
    why: 'stale',
    reason: expect.stringContaining('begin as a new one'),
  });
  expect(admit(9)).toBeUndefined();
});

it('does not look at all of them with every datagram', () => {
  const { time, clients, admit } = rig();
  admit(7);
  time.nowNs = limits.clientIdleMs * 2e6;
  clients.pulse(time.nowNs);
  admit(8);
  time.nowNs += limits.fragmentResendMs * 1e6 - 1;
  clients.pulse(time.nowNs);
  expect([...clients.all()]).toHaveLength(1);
});

it('refuses a client too many, and evicts nobody who is active', () => {
  const { clients, find, admit } = rig();
  const late = Array.from({ length: 3 }, (_, at) => find(5_000 + at));
  for (let boot = 1; boot <= limits.clientsMax; boot += 1) expect(admit(boot)).toBeUndefined();
  expect(clients.peerOf(6_000, here)).toMatchObject({ why: 'unknown-sender', reason: expect.stringContaining('256') });
  for (const peer of late) expect(clients.admit(peer, there)).toMatchObject({ why: 'unknown-sender' });
  expect(admit(1)).toBeUndefined();
  expect([...clients.all()]).toHaveLength(limits.clientsMax);
});

it('remembers only so many that have yet to prove themselves', () => {
  const { find } = rig();
  const first = find(1);
  for (let boot = 2; boot <= limits.clientsMax + 1; boot += 1) find(boot);
  expect(find(1)).not.toBe(first);
});
