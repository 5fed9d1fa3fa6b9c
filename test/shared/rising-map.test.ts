import { array, assert, boolean, constant, nat, oneof, property, record, type Arbitrary } from 'fast-check';
import { expect, it } from 'vitest';
import { RisingMap } from '../../shared/rising-map.ts';

interface Held {
  readonly name: string;
}
const held = (name: string | number): Held => ({ name: String(name) });
const sorted = (map: Map<number, Held>): [number, Held][] => [...map].toSorted(([left], [right]) => left - right);

interface Act {
  readonly key: number;
  readonly isSet: boolean;
}

/** Does the same to a plain map, and compares. */
function compare(acts: readonly Act[]): void {
  const [map, model] = [new RisingMap<Held>(), new Map<number, Held>()];
  for (const [time, { key, isSet }] of acts.entries()) {
    if (isSet) {
      map.set(key, held(time));
      model.set(key, held(time));
    }
    const isGone = isSet || map.delete(key) === model.delete(key);
    expect([isGone, map.size, map.get(key)]).toEqual([true, model.size, model.get(key)]);
  }
  expect([...map]).toEqual(sorted(model));
  expect([...map.keys()]).toEqual(sorted(model).map(([key]) => key));
}

const actsOn = (key: Arbitrary<number>): Arbitrary<Act[]> =>
  array(record({ key, isSet: boolean() }), { maxLength: 200 });

it.each([0, 1_000_000, Number.MAX_SAFE_INTEGER - 40])(
  'does what a Map does, in ascending order, whatever comes and goes from %d on',
  (base) => {
    assert(property(actsOn(nat(40).map((key) => base + key)), compare));
  },
);

it('holds keys that are far apart', () => {
  const near = nat(3);
  const far = nat(3).map((key) => 5_000_000 + key);
  assert(property(actsOn(oneof(near, far, constant(Number.MAX_SAFE_INTEGER))), compare));
});

it('is exact for the largest keys, however many have passed', () => {
  const map = new RisingMap<Held>();
  const base = Number.MAX_SAFE_INTEGER - 5_000;
  for (let count = 0; count <= 5_000; count += 1) {
    map.set(base + count, held(count));
    if (count >= 70) map.delete(base + count - 70);
  }
  expect([...map.values()].map(({ name }) => Number(name))).toEqual(
    Array.from({ length: 70 }, (_, place) => 4_931 + place),
  );
});

it('stays small beside one that stays for long', () => {
  const map = new RisingMap<Held>([[1, held('stays')]]);
  for (let key = 2; key <= 200_000; key += 1) {
    map.set(key, held(key));
    map.delete(key);
  }
  map.set(200_001, held('last'));
  expect([...map].map(([key]) => key)).toEqual([1, 200_001]);
  expect(map.delete(1)).toBe(true);
  expect(map.size).toBe(1);
});

it('lets a million keys pass', () => {
  const map = new RisingMap<Held>();
  for (let key = 1; key <= 1_000_000; key += 1) {
    map.set(key, held(key));
    map.delete(key - 100);
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
