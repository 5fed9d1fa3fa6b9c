import { expect, it } from 'vitest';
import { FormerPeers } from '../../../main/net/former-peers.ts';
import { Peer } from '../../../main/net/peer.ts';
import { limits } from '../../../shared/cluster-config.ts';

const address = { host: '127.0.0.1', port: 9 };
const peerOf = (id: number): Peer =>
  new Peer({ id, role: 'member', address, fragmentWindowBytes: 1, sendPiece: () => 0 });

it('gives a removed peer back once, and forgets those that went first', () => {
  const former = new FormerPeers();
  const peers = Array.from({ length: limits.formerPeersMax + 1 }, (_, id) => peerOf(id));
  for (const peer of peers) former.add(peer);
  expect([former.take(0), former.take(1), former.take(1)]).toEqual([undefined, peers[1], undefined]);
});
