import { beforeEach, describe, expect, it } from 'vitest';
import { FrameCredits } from '../../../renderer/lab-client/frame-taker.ts';

let acknowledged: number[];
let taken: (frame: number) => void;
let lost: () => void;
let credits: FrameCredits;

beforeEach(() => {
  acknowledged = [];
  credits = new FrameCredits((frame) => acknowledged.push(frame));
});

function waitForTaker(): void {
  credits.waitFor({
    take: () => {},
    onTaken: (handler) => (taken = handler),
    onLost: (handler) => (lost = handler),
  });
}

it('acknowledges what the page has folded where nobody else takes frames', () => {
  credits.folded(1);
  credits.folded(2);
  expect(acknowledged).toEqual([1, 2]);
});

describe('with a taker', () => {
  beforeEach(waitForTaker);

  it('acknowledges a frame when both have it, and none twice', () => {
    credits.folded(3);
    credits.folded(4);
    expect(acknowledged).toEqual([]);
    taken(3);
    taken(4);
    taken(5);
    expect(acknowledged).toEqual([3, 4]);
    credits.folded(5);
    expect(acknowledged).toEqual([3, 4, 5]);
  });

  it('waits no more for one that is lost', () => {
    credits.folded(3);
    lost();
    credits.folded(4);
    expect(acknowledged).toEqual([3, 4]);
  });

  it('counts anew with another connection', () => {
    credits.folded(9);
    taken(9);
    credits.forget();
    taken(1);
    credits.folded(1);
    expect(acknowledged).toEqual([9, 1]);
  });
});
