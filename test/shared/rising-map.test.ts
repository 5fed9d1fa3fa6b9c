import fc from 'fast-check';
import { expect, it } from 'vitest';
import { RisingMap } from '../../shared/rising-map.ts';

interface Held {
  readonly name: string;
}
const held = (name: string | number): Held => ({ name: String(name) });
const sorted = (map: Map<number, Held>): [number, Held][] => [...map].toSorted(([left], [right]) => left - right);

it('does what a Map does, in ascending order, whatever comes and goes', () => {
  const act = fc.record({ kind: fc.constantFrom('set', 'delete'), key: fc.nat(40) });
  fc.assert(
    fc.property(fc.nat(1_000_000), fc.array(act, { maxLength: 200 }), (base, acts) => {
      const [map, model] = [new RisingMap<Held>(), new Map<number, Held>()];
      for (const [time, { kind, key }] of acts.entries()) {
        if (kind === 'set') {
          map.set(base + key, held(time));
          model.set(base + key, held(time));
        } else expect(map.delete(base + key)).toBe(model.delete(base + key));
        expect(map.size).toBe(model.size);
        expect(map.get(base + key)).toEqual(model.get(base + key));
      }
      expect([...map]).toEqual(sorted(model));
      expect([...map.keys()]).toEqual(sorted(model).map(([key]) => key));
    }),
  );
});

it('lets a million keys pass, some of which stay for long', () => {
  const map = new RisingMap<Held>();
  for (let key = 1; key <= 1_000_000; key += 1) {
    map.set(key, held(key));
    if (key > 100) map.delete(key - 100);
    if (key === 5_000) map.set(key, held('stays'));
  }
  expect(map.size).toBe(100);
  expect([...map.keys()][0]).toBe(999_901);
  expect(map.get(999_950)).toEqual(held(999_950));
  expect(map.has(1)).toBe(false);
});

it('bears keys that come and go while it is gone through', () => {
  const map = new RisingMap<Held>(Array.from({ length: 5 }, (_, key) => [key, held(key)]));
  const seen: number[] = [];
  for (const [key] of map) {
    seen.push(key);
    map.delete(key);
    map.delete(key + 1);
    if (key < 6) map.set(key + 5, held('new'));
  }
  expect(seen).toEqual([0, 2, 4, 7, 9]);
  expect(map.size).toBe(0);
});
