import { expect, it } from 'vitest';
import { FragmentSender, type Piece } from '../../../main/net/fragment-sender.ts';
import { limits } from '../../../shared/cluster-config.ts';

const large = (bytes: number) => ({
  kind: 'forward-append' as const,
  uuid: 'u',
  summary: { kind: 'forward-append' as const, round: 1 },
  body: new Uint8Array(bytes),
});

function makeSender(windowBytes: number) {
  const sent: Piece[] = [];
  const sender = new FragmentSender(windowBytes, (piece) => sent.push(piece));
  const takeIndexes = () => sent.splice(0).map(({ index }) => index);
  return { sender, takeIndexes };
}

it('keeps to its window, and sends on with what is held', () => {
  const { sender, takeIndexes } = makeSender(20);
  sender.begin(large(60), 10, 0);
  expect(takeIndexes()).toEqual([0, 1]);
  sender.onHeld({ message: 1, count: 6, bits: new Uint8Array([3]) }, 1);
  expect(takeIndexes()).toEqual([2, 3]);
  sender.onHeld({ message: 1, count: 6, bits: new Uint8Array([63]) }, 1);
  expect(sender.messages).toBe(0);
});

it('sends again what later ones overtook, once, and what silence lost, until it gives up', () => {
  const { sender, takeIndexes } = makeSender(1_000);
  sender.begin(large(60), 10, 0);
  takeIndexes();
  const held = { message: 1, count: 6, bits: new Uint8Array([0b11_1110]) };
  sender.onHeld(held, 0);
  sender.onHeld(held, 0);
  expect(takeIndexes()).toEqual([0]);
  let nowNs = 0;
  for (let silence = 0; silence < limits.fragmentResendsMax; silence += 1) {
    nowNs += limits.fragmentResendMs * 1e6 * 2 ** silence;
    sender.pulse(nowNs - 1);
    expect(takeIndexes()).toEqual([]);
    sender.pulse(nowNs);
    expect(takeIndexes()).toEqual([0]);
  }
  sender.pulse(nowNs * 4);
  expect(sender.messages).toBe(0);
});

it('takes so much and no more, cuts anew for a narrower path, and forgets', () => {
  const { sender, takeIndexes } = makeSender(1_000);
  for (let count = 0; count < limits.outgoingFragmentedMax; count += 1) expect(sender.begin(large(2), 1, 0)).toBe(true);
  expect(sender.begin(large(2), 1, 0)).toBe(false);
  sender.clear();
  takeIndexes();
  sender.begin(large(60), 30, 0);
  sender.recut(20, 0);
  expect(takeIndexes()).toEqual([0, 1, 0, 1, 2]);
});
