import { describe, expect, it } from 'vitest';
import { belongs, causesOf, edgeBelongs } from '../../../../renderer/components/diagram/causes.ts';
import { anEdge } from '../../../support/diagram-edge.ts';
import type { Edge } from '../../../../renderer/stores/diagram/diagram-items.ts';

function edge(from: number, to: number, sendNs: number, endNs: number, fate: Edge['fate'] = 'arrived'): Edge {
  return anEdge({ from, to, sendNs, endNs, fate });
}

/** 0 ─10→ 1 ─20→ 2, and 1 ─40→ 0; what 2 sends at 15 comes to 1 only at 30, and what it sends at 35 is lost. */
const first = edge(0, 1, 10, 12);
const second = edge(1, 2, 20, 22);
const late = edge(2, 1, 15, 30);
const lost = edge(2, 1, 35, 36, 'dropped');
const back = edge(1, 0, 40, 42);
const edges = [back, lost, late, second, first];

describe('what happened before', () => {
  it('is what the event could know of', () => {
    const causes = causesOf(2, 25, edges);
    expect(causes.past).toEqual(
      new Map([
        [2, 25],
        [1, 20],
        [0, 10],
      ]),
    );
    expect([first, second, late, lost].map((one) => edgeBelongs(causes, one))).toEqual([true, true, false, false]);
    expect(belongs(causes, 1, 20)).toBe(true);
    expect(belongs(causes, 1, 21)).toBe(false);
    expect(belongs(causes, 0, 11)).toBe(false);
  });

  it('takes the latest way there is', () => {
    expect(causesOf(0, 50, edges).past).toEqual(
      new Map([
        [0, 50],
        [1, 40],
        [2, 15],
      ]),
    );
  });
});

describe('what could come of it', () => {
  it('is what could know of the event', () => {
    const { future } = causesOf(0, 5, edges);
    expect(future).toEqual(
      new Map([
        [0, 5],
        [1, 12],
        [2, 22],
      ]),
    );
    expect(causesOf(2, 23, edges).future).toEqual(new Map([[2, 23]]));
  });
});
