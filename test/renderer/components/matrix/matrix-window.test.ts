import { describe, expect, it } from 'vitest';
import {
  compactWidth,
  fitted,
  following,
  inSight,
  isAllInSight,
  movedBy,
  nextZoom,
  numberWidth,
  placeAt,
  revealing,
  rowHeight,
  rulerStep,
  startWindow,
  xOf,
  zoomed,
  type MatrixSpace,
  type MatrixWindow,
} from '../../../../renderer/components/matrix/matrix-window.ts';

const space: MatrixSpace = { width: 280, height: 60, rowCount: 5, lastIndex: 1_000_000 };
const standing: MatrixWindow = { ...startWindow, isFollowing: false };

describe('the window', () => {
  it('follows the end of a log of any length, with room for what comes next', () => {
    const end = fitted(startWindow, space);
    expect(inSight(end, space)).toMatchObject({ from: 999_992, to: 1_000_000, fromRow: 0, toRow: 1 });
    expect(xOf(end, 1_000_001) + numberWidth).toBe(space.width);
    const longer = { ...space, lastIndex: 1_000_005 };
    expect(inSight(fitted(end, longer), longer).to).toBe(1_000_005);
    expect(inSight(fitted({ ...end, isFollowing: false }, longer), longer).to).toBe(1_000_001);
  });

  it('stands at the beginning of a short one', () => {
    const short = { ...space, lastIndex: 3 };
    expect(fitted(startWindow, short)).toMatchObject({ left: 0, top: 0 });
    expect([isAllInSight(startWindow, short), isAllInSight(startWindow, space)]).toEqual([true, false]);
  });

  it('moves by pixels within the content, and follows where it ends', () => {
    const moved = movedBy(fitted(startWindow, space), space, -100, 45);
    expect(moved).toMatchObject({ isFollowing: false, top: 45 });
    expect(movedBy(moved, space, 5_000, 1_000)).toMatchObject({ isFollowing: true, top: 5 * rowHeight - 60 });
    expect(movedBy(standing, space, -9, -9)).toMatchObject({ left: 0, top: 0 });
    expect(movedBy(fitted(startWindow, space), space, 0, 9).isFollowing).toBe(true);
    expect(following(moved, space).isFollowing).toBe(true);
  });

  it('comes to a place: not at all, by as little as needed, or to the middle', () => {
    expect(revealing(standing, space, { row: 0, index: 4 })).toMatchObject({ left: 0, top: 0 });
    expect(revealing(standing, space, { row: 4, index: 11 })).toMatchObject({
      left: 11 * numberWidth - space.width,
      top: 5 * rowHeight - 60,
    });
    const far = revealing(standing, space, { row: 0, index: 5_000 });
    expect(xOf(far, 5_000) + numberWidth / 2).toBe(space.width / 2);
    expect(revealing(far, space, { row: 0, index: 1 }).left).toBe(0);
  });
});

describe('size', () => {
  it('changes about a point, which stays', () => {
    const from = { ...standing, left: 2_800 };
    const at = placeAt(from, space, 140, 5);
    const small = zoomed(from, space, compactWidth, 140);
    expect(placeAt(small, space, 140, 5)).toEqual(at);
    expect(inSight(small, space).to - inSight(small, space).from).toBeGreaterThan(30);
  });

  it('goes in steps, to ends', () => {
    expect([nextZoom(numberWidth, 1), nextZoom(numberWidth, -1), nextZoom(7, 1)]).toEqual([28, 14, 8]);
    expect([nextZoom(0.002, -1), nextZoom(0.001, 1)]).toEqual([0.002, 0.002]);
  });

  it('has numbers on the ruler at round distances', () => {
    expect([28, 14, 8, 1, 0.02].map((width) => rulerStep(width, 56))).toEqual([2, 5, 10, 100, 5_000]);
  });
});

it('knows what is at a point', () => {
  expect(placeAt(standing, space, 29, 31)).toEqual({ row: 1, index: 2 });
  expect(placeAt(standing, { ...space, lastIndex: 1 }, 29, 31)).toBeUndefined();
  expect(placeAt(standing, { ...space, rowCount: 1 }, 29, 31)).toBeUndefined();
  expect(placeAt(standing, space, -1, 5)).toBeUndefined();
});
