import { expect, it } from 'vitest';
import { Greetings } from '../../../main/net/greetings.ts';
import { Peer } from '../../../main/net/peer.ts';
import { limits, type Address } from '../../../shared/cluster-config.ts';

const at = (port: number): Address => ({ host: '127.0.0.1', port });

function makeGreetings() {
  const said: { kind: string; to: number; boot: number; uuid: string }[] = [];
  let nowNs = 0;
  let uuids = 0;
  const control = (kind: string, _id: number, boot: number, to: Address, uuid: string): void => {
    said.push({ kind, to: to.port, boot, uuid });
  };
  const newUuid = (): string => `uuid ${(uuids += 1)}`;
  const greetings = new Greetings(3, { control }, newUuid, () => nowNs);
  const peer = new Peer({ id: 1, role: 'member', address: at(1), fragmentWindowBytes: 1, sendPiece: () => 0 });
  return { greetings, peer, take: () => said.splice(0), pass: (ms: number) => (nowNs += ms * 1e6) };
}

const header = (change: { boot: number; receiverBoot?: number; uuid: string }) => ({
  senderId: 1,
  receiverBoot: 0,
  ...change,
});

it('greets not too often, and with the same uuid until that is answered', () => {
  const { greetings, peer, take, pass } = makeGreetings();
  greetings.greet(peer, at(1));
  greetings.greet(peer, at(1));
  pass(limits.greetingIntervalMs);
  greetings.greet(peer, at(1));
  expect(take()).toEqual([
    { kind: 'hello', to: 1, boot: 0, uuid: 'uuid 1' },
    { kind: 'hello', to: 1, boot: 0, uuid: 'uuid 1' },
  ]);
  peer.meet(8);
  pass(limits.greetingIntervalMs);
  greetings.greet(peer, at(1));
  expect(take()).toEqual([{ kind: 'hello', to: 1, boot: 8, uuid: 'uuid 2' }]);
});

it('always answers, and greets back only whom it knows from another boot', () => {
  const { greetings, peer, take, pass } = makeGreetings();
  greetings.onHello(peer, header({ boot: 5, uuid: 'theirs' }), at(1));
  expect(take()).toEqual([
    { kind: 'hello', to: 1, boot: 0, uuid: 'uuid 1' },
    { kind: 'hello-reply', to: 1, boot: 5, uuid: 'theirs' },
  ]);
  peer.meet(5);
  pass(limits.greetingIntervalMs);
  greetings.onHello(peer, header({ boot: 5, uuid: 'again' }), at(1));
  expect(take()).toEqual([{ kind: 'hello-reply', to: 1, boot: 5, uuid: 'again' }]);
});

it('believes an answer only to what it asked, in the boot that asked', () => {
  const { greetings, peer } = makeGreetings();
  expect(greetings.isFresh(peer, header({ boot: 5, receiverBoot: 3, uuid: 'uuid 1' }))).toBe(false);
  greetings.greet(peer, at(1));
  expect(greetings.isFresh(peer, header({ boot: 5, receiverBoot: 3, uuid: 'uuid 1' }))).toBe(true);
  expect(greetings.isFresh(peer, header({ boot: 5, receiverBoot: 2, uuid: 'uuid 1' }))).toBe(false);
  expect(greetings.isFresh(peer, header({ boot: 5, receiverBoot: 3, uuid: 'uuid 2' }))).toBe(false);
});

it('replays from elsewhere do not keep it from greeting where the member really is', () => {
  const { greetings, peer, take } = makeGreetings();
  for (let port = 50; port < 60; port += 1) greetings.onHello(peer, header({ boot: 2, uuid: 'old' }), at(port));
  take();
  greetings.greet(peer, peer.address);
  expect(take()).toMatchObject([{ kind: 'hello', to: 1 }]);
});
