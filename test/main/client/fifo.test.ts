import { expect, it } from 'vitest';
import { Fifo } from '../../../main/client/fifo.ts';

it('hands out in order of arrival, however many came and went', () => {
  const queue = new Fifo<number>();
  const out: (number | undefined)[] = [];
  let next = 0;
  for (let round = 0; round < 5_000; round += 1) {
    for (let count = 0; count < 3; count += 1) queue.push(next++);
    out.push(queue.first);
    queue.shift();
  }
  expect(queue.length).toBe(10_000);
  for (; queue.length > 0; queue.shift()) out.push(queue.first);
  expect(out).toEqual(Array.from({ length: 15_000 }, (_, place) => place));
  expect(queue.first).toBeUndefined();
});
