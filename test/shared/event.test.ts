import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareEvents, type EventStamp } from '../../shared/event.ts';

const stamp = (lamport: number, node: number, sequence = 1, boot = 1): EventStamp => ({
  node,
  boot,
  sequence,
  timeNs: 0,
  lamport,
});

describe('compareEvents', () => {
  it('orders by Lamport number, then node, then boot, then sequence', () => {
    const ordered = [stamp(1, 2), stamp(2, 0, 9, 1), stamp(2, 0, 1, 2), stamp(2, 1, 3), stamp(2, 1, 4), stamp(3, 0)];
    expect(ordered.toReversed().toSorted(compareEvents)).toEqual(ordered);
  });

  it('is a total order', () => {
    const small = fc.integer({ min: 0, max: 3 });
    const anyStamp = fc
      .tuple(small, small, small, small)
      .map(([lamport, node, sequence, boot]) => stamp(lamport, node, sequence, boot));
    fc.assert(
      fc.property(anyStamp, anyStamp, anyStamp, (a, b, c) => {
        expect(Math.sign(compareEvents(a, b))).toBe(-Math.sign(compareEvents(b, a)) + 0);
        const [first, second, third] = [a, b, c].toSorted(compareEvents) as [EventStamp, EventStamp, EventStamp];
        expect(compareEvents(first, second)).toBeLessThanOrEqual(0);
        expect(compareEvents(first, third)).toBeLessThanOrEqual(0);
      }),
    );
  });
});
