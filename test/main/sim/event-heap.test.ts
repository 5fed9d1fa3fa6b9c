import { expect, it } from 'vitest';
import { EventHeap, type Task } from '../../../main/sim/event-heap.ts';
import { Draws } from '../../../main/sim/draws.ts';

function task(name: number): Task & { readonly name: number } {
  return { atNs: 0, order: 0, run: () => {}, name };
}

it('gives tasks in the order of their times, and those of the same time as they came', () => {
  const heap = new EventHeap();
  const draws = new Draws(1, 'heap');
  const entered: { readonly atNs: number; readonly name: number }[] = [];
  const taken: { readonly atNs: number; readonly name: number }[] = [];
  const take = (): void => {
    const next = heap.pop();
    if (next && 'name' in next) taken.push({ atNs: next.atNs, name: Number(next.name) });
  };
  for (let name = 0; name < 2_000; name++) {
    const atNs = draws.integer(1, 50);
    heap.push(task(name), atNs);
    entered.push({ atNs, name });
  }
  expect(heap.size).toBe(2_000);
  while (heap.size > 0) take();
  expect(taken).toEqual(entered.toSorted((left, right) => left.atNs - right.atNs || left.name - right.name));
});

it('says when the next one is due, and has none when it is empty', () => {
  const heap = new EventHeap();
  expect(heap.nextNs).toBe(Infinity);
  expect(heap.pop()).toBeUndefined();
  heap.push(task(1), 7);
  heap.push(task(2), 5);
  expect(heap.nextNs).toBe(5);
  expect(heap.pop()?.atNs).toBe(5);
  expect(heap.pop()?.atNs).toBe(7);
  expect(heap.nextNs).toBe(Infinity);
});
