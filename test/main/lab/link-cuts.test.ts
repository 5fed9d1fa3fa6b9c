import { expect, it } from 'vitest';
import { LinkCuts } from '../../../main/lab/link-cuts.ts';

it('keeps one cut per directed link, as rules of the receiving node', () => {
  const cuts = new LinkCuts();
  expect(cuts.cut({ from: 0, to: 2 })).toBe(true);
  expect(cuts.cut({ from: 0, to: 2 })).toBe(false);
  expect(cuts.cut({ from: 2, to: 0 })).toBe(true);
  expect(cuts.rulesOf(2)).toEqual([{ id: 'cut 0→2', link: { from: 0, to: 2 }, action: { kind: 'cut' } }]);
  expect(cuts.rulesOf(1)).toEqual([]);
  expect(cuts.heal({ from: 0, to: 2 })).toBe(true);
  expect(cuts.heal({ from: 0, to: 2 })).toBe(false);
  expect(cuts.rulesOf(2)).toEqual([]);
  expect(cuts.list()).toEqual([{ from: 2, to: 0 }]);
});
