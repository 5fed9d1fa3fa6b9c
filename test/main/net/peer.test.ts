import { expect, it } from 'vitest';
import { messageKinds } from '../../../main/net/message-kinds.ts';
import { isHeardFrom, Peer } from '../../../main/net/peer.ts';
import { limits } from '../../../shared/cluster-config.ts';
import { clientIdOf, outsiderId } from '../../../shared/ids.ts';

const at = (port: number) => ({ host: '127.0.0.1', port });
const newPeer = (): Peer =>
  new Peer({ id: 1, role: 'member', address: at(1), fragmentWindowBytes: 1_000, sendPiece: () => 1 });

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

it('that is a client is known by its boot, and is met when that is proven', () => {
  const options = { role: 'client', address: at(1), fragmentWindowBytes: 1_000, sendPiece: () => 1 } as const;
  const client = new Peer({ ...options, id: clientIdOf(2 ** 32 - 1) });
  expect([client.wireId, client.boot, client.isMet]).toEqual([outsiderId, 2 ** 32 - 1, false]);
  client.windows.take(client.boot, 5);
  client.meet(client.boot);
  expect([client.isMet, client.windows.take(client.boot, 5)]).toEqual([true, false]);
});

it('is heard with what one of its kind has to say', () => {
  const heard = (['client', 'server'] as const).map((role) => messageKinds.filter(isHeardFrom[role]));
  expect(heard).toEqual([['client-call'], ['client-call-reply']]);
  expect(messageKinds.filter(isHeardFrom.member)).toHaveLength(messageKinds.length - 2);
});
