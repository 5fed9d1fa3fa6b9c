import { expect, it } from 'vitest';
import { drawBytes, drawOne, mutate } from '../../../../main/proof/hostile/draw-bytes.ts';

it('draws the same from the same seed', () => {
  expect(drawBytes({ random: 4 }, 9)).toEqual(drawBytes({ random: 4 }, 9));
  expect(drawBytes({ random: 4 }, 9)).not.toEqual(drawBytes({ random: 5 }, 9));
  expect(() => drawOne({ random: 1 }, [])).toThrow('nothing to draw from');
});

it('never gives back what it was to change, and leaves that and the head alone', () => {
  const random = { random: 1 };
  const whole = Uint8Array.from({ length: 30 }, (_, place) => place);
  const lengths = new Set<number>();
  for (let tries = 0; tries < 500; tries += 1) {
    const changed = mutate(random, whole, new Uint8Array(40), 10);
    expect(Buffer.compare(changed, whole)).not.toBe(0);
    expect([...changed.subarray(0, 10)]).toEqual([...whole.subarray(0, 10)]);
    lengths.add(changed.length);
  }
  expect([...whole]).toEqual(Array.from({ length: 30 }, (_, place) => place));
  expect(lengths.size).toBeGreaterThan(5);
});
