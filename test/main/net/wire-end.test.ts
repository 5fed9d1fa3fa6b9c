import { expect, it } from 'vitest';
import { createLamportClock } from '../../../main/lamport-clock.ts';
import type { Peer } from '../../../main/net/peer.ts';
import { WireEnd } from '../../../main/net/wire-end.ts';
import type { Datagrams } from '../../../main/ports.ts';
import type { Address } from '../../../shared/cluster-config.ts';
import type { EventBody } from '../../../shared/event.ts';
import { rigClusterId, rigKey } from './udp-rig.ts';

const here: Address = { host: '127.0.0.1', port: 1 };
const there: Address = { host: '127.0.0.1', port: 2 };

/** An end with one peer, over datagrams that go nowhere and whose system can be made to refuse some. */
function rig() {
  const sent: Uint8Array[] = [];
  const events: EventBody[] = [];
  const peers: Peer[] = [];
  const system = { refuse: (_error: Error, _to: Address, _bytes?: Uint8Array): void => {} };
  const datagrams: Datagrams = {
    localAddress: here,
    send: (bytes) => sent.push(bytes),
    onDatagram: () => {},
    onSendError: (handler) => (system.refuse = handler),
    close: () => {},
  };
  const end = new WireEnd({
    self: 0,
    boot: 1,
    clusterId: rigClusterId,
    key: rigKey,
    datagrams,
    lamport: createLamportClock(),
    emit: (event) => events.push(event),
    directory: {
      peerOf: () => ({ ok: false, why: 'unknown-sender', reason: 'Nobody is known.' }),
      onMet: () => undefined,
      deliver: () => {},
      peers: () => peers,
      onTraffic: () => {},
    },
  });
  const peer = end.newPeer('member', 1, there);
  peers.push(peer);
  return { end, peer, sent, events, system };
}

const large = { kind: 'forward-append', term: 1, round: 1, entries: [new Uint8Array(20_000)] } as const;

it('greets first, and sends what waited when the peer is met', () => {
  const { end, peer, sent } = rig();
  end.send(peer, { kind: 'timeout-now', term: 1, round: 1 });
  end.send(peer, { kind: 'timeout-now', term: 1, round: 2 });
  expect(sent.map((bytes) => bytes[19])).toEqual([0x80]);
  end.meet(peer, 5);
  expect(sent.map((bytes) => bytes[19])).toEqual([0x80, 13, 13]);
});

it('cuts a message again that the way does not take whole, and remembers the way', () => {
  const { end, peer, sent, events, system } = rig();
  end.meet(peer, 5);
  end.send(peer, large);
  expect(sent).toHaveLength(1);
  system.refuse(Object.assign(new Error('send EMSGSIZE'), { code: 'EMSGSIZE' }), there, sent[0]);
  expect(events).toMatchObject([{ type: 'datagram-sent' }, { type: 'send-failed', to: 1, datagram: 1 }, {}, {}, {}]);
  const parts = sent.slice(1).map(({ byteLength }) => byteLength);
  expect(parts).toHaveLength(3);
  expect(Math.max(...parts)).toBeLessThanOrEqual(9_216);
  expect(peer.datagramBytes).toBe(9_216);
});

it('reports an error of the socket that names nobody as its own', () => {
  const { events, system } = rig();
  system.refuse(new Error('came back'), here);
  expect(events).toEqual([{ type: 'send-failed', to: 0, datagram: 0, reason: '127.0.0.1:1: came back' }]);
});
