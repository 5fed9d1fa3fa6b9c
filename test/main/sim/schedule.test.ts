import { expect, it } from 'vitest';
import { durationMs, firstMs, Schedule } from '../../../main/sim/schedule.ts';

it('repeats itself about as often as it is asked to, to the end', () => {
  const schedule = new Schedule(1, 'a test', 3);
  const times: number[] = [];
  schedule.each(1_000, (atMs) => times.push(atMs));
  expect(times[0]).toBe(firstMs);
  expect(times.length).toBeGreaterThan(50);
  expect(times.length).toBeLessThan(68);
  expect(times.at(-1)).toBeLessThan(durationMs);
});

it('leaves out what comes after the end', () => {
  const schedule = new Schedule(1, 'a test', 3);
  schedule.at(durationMs - 0.6, schedule.append(0));
  schedule.at(durationMs, schedule.leaseRead(0));
  expect(schedule.acts.map(({ act }) => act.kind)).toEqual(['append']);
  expect([0, 1, 2]).toContain(schedule.node);
});
