import * as fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { DelayLine } from '../../../main/net/delay-line.ts';
import { until } from '../../support/until.ts';

const address = { host: '127.0.0.1', port: 9 };
const lines: DelayLine[] = [];

afterEach(() => {
  for (const line of lines) line.close();
  lines.length = 0;
});

/** A line whose clock is turned by hand; `delivered` are the first bytes of what came. */
function rig(limits: { datagramsMax?: number; bytesMax?: number } = {}) {
  const time = { nowNs: 0 };
  const delivered: number[] = [];
  const line = new DelayLine({
    nowNs: () => time.nowNs,
    deliver: (bytes) => delivered.push(bytes[0] ?? -1),
    ...limits,
  });
  lines.push(line);
  return { time, delivered, line };
}

describe('a delay line', () => {
  it('delivers what is due, earliest first, of the same time in the order in which it came', () => {
    const dues = fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 40 });
    const property = fc.property(dues, fc.integer({ min: 0, max: 10 }), (dueNs, nowNs) => {
      const { time, delivered, line } = rig();
      for (const [place, due] of dueNs.entries()) line.hold(Uint8Array.of(place), address, due);
      time.nowNs = nowNs;
      line.deliverDue();
      const expected = [...dueNs.entries()].filter(([, due]) => due <= nowNs).toSorted(([, a], [, b]) => a - b);
      expect(delivered).toEqual(expected.map(([place]) => place));
      time.nowNs = 10;
      line.deliverDue();
      expect(delivered).toHaveLength(dueNs.length);
      line.close();
    });
    fc.assert(property, { numRuns: 300 });
  });

  it('has room for so many datagrams and bytes, and again when some were delivered', () => {
    const { time, line } = rig({ datagramsMax: 3, bytesMax: 100 });
    line.hold(new Uint8Array(60), address, 1e12);
    expect([line.hasRoom(1, 40), line.hasRoom(1, 41), line.hasRoom(2, 10), line.hasRoom(3, 10)]).toEqual([
      true,
      false,
      true,
      false,
    ]);
    time.nowNs = 1e12;
    line.deliverDue();
    expect(line.hasRoom(3, 100)).toBe(true);
  });

  it('delivers by itself and never early, whatever is held in front of what waits already', async () => {
    const lateNs: number[] = [];
    const nowNs = (): number => Math.floor(performance.now() * 1e6);
    const sinceNs = nowNs();
    const line = new DelayLine({
      nowNs,
      deliver: (bytes) => lateNs.push(nowNs() - sinceNs - (bytes[0] ?? 0) * 1e6),
    });
    lines.push(line);
    for (const ms of [30, 10, 20, 10, 1]) line.hold(Uint8Array.of(ms), address, sinceNs + ms * 1e6);
    await until(() => lateNs.length === 5);
    expect(Math.min(...lateNs)).toBeGreaterThanOrEqual(0);
  });

  it('forgets everything when it is closed, also while it delivers', () => {
    const { time, delivered, line } = rig();
    line.hold(Uint8Array.of(1), address, 5);
    line.close();
    line.hold(Uint8Array.of(2), address, 5);
    time.nowNs = 5;
    line.deliverDue();
    expect(delivered).toEqual([]);

    const closing: DelayLine = new DelayLine({
      nowNs: () => 5,
      deliver: (bytes) => {
        delivered.push(bytes[0] ?? -1);
        closing.close();
      },
    });
    for (const number of [3, 4]) closing.hold(Uint8Array.of(number), address, 5);
    closing.deliverDue();
    expect(delivered).toEqual([3]);
  });
});
