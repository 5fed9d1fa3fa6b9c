import { describe, expect, it } from 'vitest';
import { StreamCredits } from '../../../main/bridge/stream-credits.ts';

describe('stream credits', () => {
  it('are used up by frames and given back by acknowledgements', () => {
    const credits = new StreamCredits(2);
    credits.sent(1);
    expect(credits.open).toBe(true);
    credits.sent(4);
    expect(credits.open).toBe(false);
    expect(credits.acknowledge(1)).toBe(true);
    expect(credits.open).toBe(true);
    expect(credits.caughtUp).toBe(false);
  });

  it('once events were left out, open again only with a gap frame, when all is taken in', () => {
    const credits = new StreamCredits(2);
    credits.sent(1);
    credits.sent(2);
    credits.leaveOut(10);
    credits.leaveOut(5);
    credits.acknowledge(1);
    expect(credits.open).toBe(false);
    expect(credits.caughtUp).toBe(false);
    credits.acknowledge(2);
    expect(credits.open).toBe(false);
    expect(credits.caughtUp).toBe(true);
    expect(credits.missed).toBe(15);
    credits.gapSent(9);
    expect(credits.open).toBe(true);
    expect(credits.missed).toBe(0);
  });

  it('take an acknowledgement for all frames up to it, repeated or not', () => {
    const credits = new StreamCredits(1);
    credits.sent(3);
    expect(credits.acknowledge(3)).toBe(true);
    expect(credits.acknowledge(3)).toBe(true);
    expect(credits.acknowledge(2)).toBe(true);
    expect(credits.open).toBe(true);
  });

  it('do not come from frames that were never sent', () => {
    const credits = new StreamCredits(1);
    expect(credits.acknowledge(0)).toBe(false);
    credits.sent(3);
    expect(credits.acknowledge(4)).toBe(false);
    expect(credits.open).toBe(false);
  });
});
