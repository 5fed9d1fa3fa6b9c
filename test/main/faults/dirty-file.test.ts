/**
 * A file that tears, against a plain model of one: two copies of all bytes, flushed and latest, and a set of sectors.
 */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DirtyFile, sectorBytes } from '../../../main/faults/dirty-file.ts';
import { drawUnit } from '../../../shared/random.ts';

function contents(file: DirtyFile): Uint8Array {
  const bytes = new Uint8Array(file.length);
  expect(file.read(bytes, 0)).toBe(file.length);
  return bytes;
}

function resized(bytes: Uint8Array, length: number): Uint8Array {
  const copy = new Uint8Array(length);
  copy.set(bytes.subarray(0, length));
  return copy;
}

/** Draws that revert everything: the flushed length (0), no sector kept (0). */
const revertAll = (): number => 0;
/** The latest length (0.7), then: kept share 1 − ε, each sector below it. */
const keepAll = (): (() => number) => {
  const draws = [0.7, 0.999];
  return () => draws.shift() ?? 0.5;
};

type Act =
  | { readonly kind: 'write'; readonly at: number; readonly length: number }
  | { readonly kind: 'truncate'; readonly length: number }
  | { readonly kind: 'sync' };

const position = fc.integer({ min: 0, max: 3_000 });
const anyAct: fc.Arbitrary<Act> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('write' as const), at: position, length: position }) },
  fc.record({ kind: fc.constant('truncate' as const), length: position }),
  fc.record({ kind: fc.constant('sync' as const) }),
);

/** Carries the acts out on both, every write with bytes of its own. */
function run(acts: readonly Act[]): { file: DirtyFile; latest: Uint8Array; flushed: Uint8Array } {
  const file = new DirtyFile();
  let latest: Uint8Array = new Uint8Array(0);
  let flushed: Uint8Array = latest;
  for (const [serial, act] of acts.entries()) {
    if (act.kind === 'write') {
      const bytes = new Uint8Array(act.length).fill(1 + (serial % 255));
      file.write(bytes, act.at);
      if (act.length > 0) latest = resized(latest, Math.max(latest.length, act.at + act.length));
      latest.set(bytes, Math.min(act.at, latest.length));
    } else if (act.kind === 'truncate') {
      file.truncate(act.length);
      latest = resized(latest, act.length);
    } else {
      file.dataSync();
      flushed = latest.slice();
    }
  }
  return { file, latest, flushed };
}

describe('a file', () => {
  it('reads as it was written', () => {
    fc.assert(
      fc.property(fc.array(anyAct, { maxLength: 20 }), (acts) => {
        const { file, latest } = run(acts);
        expect(contents(file)).toEqual(latest);
      }),
    );
  });

  it('reads as much as there is, from any place', () => {
    const file = new DirtyFile(Uint8Array.of(1, 2, 3, 4));
    const buffer = new Uint8Array(3);
    expect([file.read(buffer, 2), ...buffer]).toEqual([2, 3, 4, 0]);
    expect(file.read(buffer, 4)).toBe(0);
    expect(file.read(buffer, 99)).toBe(0);
  });
});

describe('after a power cut', () => {
  it('what was flushed is there, and all of it when nothing else is left', () => {
    fc.assert(
      fc.property(fc.array(anyAct, { maxLength: 20 }), (acts) => {
        const { file, flushed } = run(acts);
        expect(file.afterPowerCut(revertAll)).toEqual(flushed);
      }),
    );
  });

  it('everything may have reached the disk', () => {
    fc.assert(
      fc.property(fc.array(anyAct, { maxLength: 20 }), (acts) => {
        const { file, latest } = run(acts);
        expect(file.afterPowerCut(keepAll())).toEqual(latest);
      }),
    );
  });

  it('each sector is as flushed or as written, in a file of a length in between', () => {
    fc.assert(
      fc.property(fc.array(anyAct, { maxLength: 20 }), fc.integer(), (acts, seed) => {
        const { file, latest, flushed } = run(acts);
        const state = { random: seed };
        const image = file.afterPowerCut(() => drawUnit(state));
        expect(image.length).toBeGreaterThanOrEqual(Math.min(latest.length, flushed.length));
        expect(image.length).toBeLessThanOrEqual(Math.max(latest.length, flushed.length));
        for (let at = 0; at < image.length; at += sectorBytes) {
          const end = Math.min(at + sectorBytes, image.length);
          const sector = image.slice(at, end);
          const before = resized(flushed, end).slice(at);
          const written = before.slice();
          written.set(latest.subarray(at, end));
          expect([before, written]).toContainEqual(sector);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('a mix is among what can be left: the first sector old, the second new', () => {
    const file = new DirtyFile(new Uint8Array(2 * sectorBytes));
    file.write(new Uint8Array(2 * sectorBytes).fill(7), 0);
    const draws = [0, 0.5, 0.9, 0.1];
    const image = file.afterPowerCut(() => draws.shift() ?? 0);
    expect([image[0], image[sectorBytes - 1], image[sectorBytes], image[2 * sectorBytes - 1]]).toEqual([0, 0, 7, 7]);
  });
});

describe('a flush that fails', () => {
  it('leaves what reads as written and is gone with the power, even after a flush that succeeds', () => {
    const file = new DirtyFile(new Uint8Array(sectorBytes));
    file.write(new Uint8Array(2 * sectorBytes).fill(7), 0);
    file.failDataSync();
    file.write(new Uint8Array(sectorBytes).fill(8), 2 * sectorBytes);
    file.dataSync();
    expect(contents(file).filter((_, at) => at % sectorBytes === 0)).toEqual(Uint8Array.of(7, 7, 8));
    for (const random of [revertAll, keepAll()]) {
      const image = file.afterPowerCut(random);
      expect(image.filter((_, at) => at % sectorBytes === 0)).toEqual(Uint8Array.of(0, 0, 8));
    }
  });

  it('is mended by writing the sector again', () => {
    const file = new DirtyFile();
    file.write(new Uint8Array(2 * sectorBytes).fill(7), 0);
    file.failDataSync();
    file.write(Uint8Array.of(9), 0);
    expect(file.afterPowerCut(revertAll)).toEqual(new Uint8Array(0));
    file.dataSync();
    const image = file.afterPowerCut(revertAll);
    expect([image.length, image[0], image[1], image[sectorBytes]]).toEqual([2 * sectorBytes, 9, 7, 0]);
  });
});
