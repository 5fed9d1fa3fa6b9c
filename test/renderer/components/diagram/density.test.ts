import { describe, expect, it } from 'vitest';
import { densityOfEdges, densityOfSeconds } from '../../../../renderer/components/diagram/density.ts';
import type { Edge } from '../../../../renderer/stores/diagram/diagram-items.ts';
import { anEdge } from '../../../support/diagram-edge.ts';
import type { SecondFigures } from '../../../../shared/projection/second-figures.ts';

const base = anEdge();

describe('how many datagrams there are', () => {
  it('counts what was sent where it was sent, what was received or lost where it ended, a second', () => {
    const edges: Edge[] = [
      base,
      { ...base, sendNs: 500e6, endNs: 501e6, fate: 'dropped' },
      { ...base, sendNs: 1_500e6, endNs: Number.NaN, fate: 'unknown' },
      { ...base, isCopy: true, endNs: 2e6 },
    ];
    const density = densityOfEdges((visit) => edges.forEach(visit), 0, 1e9, 2);
    expect([...(density.lanes.get(0)?.busy ?? [])]).toEqual([2, 1]);
    expect([...(density.lanes.get(1)?.busy ?? [])]).toEqual([3, 0]);
    expect([...(density.lanes.get(1)?.lost ?? [])]).toEqual([1, 0]);
    expect(density.most).toBe(3);
  });

  it('takes whole seconds where single datagrams are not loaded', () => {
    const figures = (second: number): SecondFigures => ({
      second,
      bytes: 0,
      elections: 0,
      appended: 0,
      reads: 0,
      failed: 0,
      latencyNs: null,
      commitIndex: 0,
      nodes: [{ node: 2, sent: 10, received: 5, lost: 1 }],
    });
    const density = densityOfSeconds([figures(4), figures(6), figures(99)], 3.5e9, 7.2e9);
    expect(density).toMatchObject({ fromNs: 3e9, stepNs: 1e9, steps: 5, most: 16 });
    expect([...(density.lanes.get(2)?.busy ?? [])]).toEqual([0, 16, 0, 16, 0]);
  });
});
