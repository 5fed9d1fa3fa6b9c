import { expect, it } from 'vitest';
import { Peer } from '../../../main/net/peer.ts';
import { limits } from '../../../shared/cluster-config.ts';

const at = (port: number) => ({ host: '127.0.0.1', port });
const newPeer = (): Peer => new Peer({ id: 1, address: at(1), fragmentWindowBytes: 1_000, sendPiece: () => 1 });

it('holds the latest messages until it is met', () => {
  const peer = newPeer();
  for (let round = 1; round <= limits.greetedMessagesMax + 2; round += 1)
    peer.hold({ kind: 'timeout-now', term: 1, round });
  const held = peer.meet(4);
  expect([held.length, held[0]?.round, peer.boot, peer.meet(5).length]).toEqual([limits.greetedMessagesMax, 3, 4, 0]);
});

it('counts anew when it runs in a lower boot, as with a new folder', () => {
  const peer = newPeer();
  peer.meet(1);
  peer.windows.take(1, 1);
  peer.meet(5);
  expect(peer.windows.take(1, 1)).toBe(false);
  peer.meet(1);
  expect(peer.windows.take(1, 1)).toBe(true);
});

it('stays where it was heard until its hint changes', () => {
  const peer = newPeer();
  peer.address = at(9);
  peer.hint = at(1);
  expect(peer.address).toEqual(at(9));
  peer.hint = at(2);
  expect(peer.address).toEqual(at(2));
});
