import { expect, it } from 'vitest';
import { NetTelling } from '../../../main/net/net-telling.ts';
import { Peer } from '../../../main/net/peer.ts';
import { limits } from '../../../shared/cluster-config.ts';
import type { EventBody } from '../../../shared/event.ts';

const address = { host: '127.0.0.1', port: 9 };

function makeTelling(overflows: readonly number[] = []) {
  const events: EventBody[] = [];
  const left = [...overflows];
  const datagrams = {
    localAddress: address,
    ...(overflows.length > 0 && { overflowed: () => left.shift() }),
    send: () => {},
    onDatagram: () => {},
    onSendError: () => {},
    close: () => {},
  };
  return {
    telling: new NetTelling(
      (event) => events.push(event),
      datagrams,
      () => 0,
    ),
    events,
  };
}

it('sums up a flood of refusals by why, with the latest address', () => {
  const { telling, events } = makeTelling();
  const refusal = { ok: false, why: 'stale', reason: 'It is late.' } as const;
  for (let done = 0; done < limits.toldPerSecondMax + 5; done += 1)
    telling.refused(refusal, { ...address, port: done }, 10);
  telling.refused({ ...refusal, why: 'cluster' }, address, 7);
  telling.finish();
  const last = { port: limits.toldPerSecondMax + 4, host: address.host };
  expect(events).toHaveLength(limits.toldPerSecondMax + 2);
  expect(events.slice(-2)).toEqual([
    { type: 'datagram-refused', why: 'cluster', address, bytes: 7, reason: 'It is late.' },
    { type: 'datagrams-refused', why: 'stale', count: 5, bytes: 50, address: last, reason: 'It is late.' },
  ]);
});

it('sums up failed sends by receiver; strangers share a count', () => {
  const { telling, events } = makeTelling();
  for (let to = 100; to < 100 + 2 * limits.toldPerSecondMax; to += 1) telling.sendFailed(to, false, 0, 'Who?');
  telling.sendFailed(1, true, 8, 'Down.');
  telling.finish();
  expect(events.slice(-2)).toEqual([
    { type: 'send-failed', to: 1, datagram: 8, reason: 'Down.' },
    { type: 'sends-failed', to: 99 + 2 * limits.toldPerSecondMax, count: limits.toldPerSecondMax, reason: 'Who?' },
  ]);
});

it('tells losses with what the own buffer was too full for since the last time', () => {
  const { telling, events } = makeTelling([3, 10]);
  const peer = new Peer({ id: 1, role: 'member', address, fragmentWindowBytes: 1, sendPiece: () => 0 });
  peer.meet(2);
  telling.losses(peer, 0);
  for (const [second, number] of [1, 4, 5, 9].entries()) {
    peer.windows.take(2, number);
    telling.losses(peer, (second + 1) * 1e9);
  }
  const from = { type: 'datagrams-missing', from: 1, fromBoot: 2 };
  expect(events).toEqual([
    { ...from, count: 2, missing: 2, overflowed: 3 },
    { ...from, count: 3, missing: 5, overflowed: 7 },
  ]);
});
