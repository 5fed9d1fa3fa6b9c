import { describe, expect, it } from 'vitest';
import {
  linkChip,
  linkLooks,
  linkStyle,
  linkWords,
  placeChips,
  type LinkLook,
} from '../../../../renderer/components/stage/link-look.ts';
import type { FaultAction } from '../../../../shared/fault-rule.ts';
import type { LinkFaultInForce } from '../../../../shared/projection/faults-view.ts';

const rule = (from: number, to: number, action: FaultAction): LinkFaultInForce => ({
  faultRule: 'r',
  description: '',
  fault: { id: 'r', link: { from, to }, action },
});
const loss: FaultAction = { kind: 'drop', percent: 20 };
const late: FaultAction = { kind: 'delay', minMs: 10, maxMs: 30, distribution: 'uniform' };
const twice: FaultAction = { kind: 'duplicate', percent: 5 };
const lookOf = (...parameters: Parameters<typeof linkLooks>): LinkLook | undefined =>
  linkLooks(...parameters).get('0-2');

describe('the look of a link', () => {
  it('is that of nothing special while nothing is done to it', () => {
    expect(linkLooks([], []).size).toBe(0);
    expect(linkStyle(undefined)).toBe('whole');
    expect(linkWords(undefined, 0, 2)).toBe('open');
  });

  it('tells which directions are cut, whatever else is in force', () => {
    const oneWay = lookOf([{ from: 2, to: 0 }], [rule(0, 2, loss)]);
    expect(oneWay).toMatchObject({ cut: 'back', forth: [loss], back: [] });
    expect(linkStyle(oneWay)).toBe('half-cut');
    expect(oneWay && linkChip(oneWay, 0, 2)).toEqual({ kind: 'cut', words: '2→0' });
    expect(linkWords(oneWay, 0, 2)).toBe('cut from 2 to 0; 0 → 2: 20 % lost');
    const both = lookOf(
      [
        { from: 2, to: 0 },
        { from: 0, to: 2 },
      ],
      [],
    );
    expect(both?.cut).toBe('both');
    expect(linkStyle(both)).toBe('cut');
  });

  it.each([
    [loss, 'lossy', '20 %'],
    [late, 'slow', '10–30 ms'],
    [twice, 'doubled', '5 %'],
    [{ kind: 'bandwidth', bytesPerSecond: 6_000 }, 'slow', '6 kB/s'],
  ] as const)('with %o in both directions is %s and says %s', (action, style, words) => {
    const look = lookOf([], [rule(0, 2, action), rule(2, 0, action)]);
    expect(linkStyle(look)).toBe(style);
    expect(look && linkChip(look, 0, 2)).toEqual({ kind: action.kind, words });
  });

  it('says the direction of a fault that has one, and how many more there are', () => {
    const oneWay = lookOf([], [rule(2, 0, loss)]);
    expect(oneWay && linkChip(oneWay, 0, 2)?.words).toBe('2→0 20 %');
    const many = lookOf([], [rule(0, 2, loss), rule(0, 2, late), rule(2, 0, twice)]);
    expect(many && linkChip(many, 0, 2)?.words).toBe('20 % +2');
  });
});

describe('chips', () => {
  it('stand apart where their lines cross', () => {
    const places = placeChips([
      [
        { x: 0, y: 0 },
        { x: 300, y: 300 },
      ],
      [
        { x: 300, y: 0 },
        { x: 0, y: 300 },
      ],
    ]);
    const [a, b] = places;
    expect(a).toEqual({ x: 150, y: 150 });
    expect(Math.hypot((a?.x ?? 0) - (b?.x ?? 0), (a?.y ?? 0) - (b?.y ?? 0))).toBeGreaterThan(30);
  });
});
