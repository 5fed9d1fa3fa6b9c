import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FilteredLog, type LogFilter } from '../../../renderer/stores/filtered-log.ts';
import { LogBuffer } from '../../../renderer/stores/log-buffer.ts';
import { pageStream } from '../../support/page-events.ts';

const never = (): boolean => false;
const always = (): boolean => true;
const everyThird: LogFilter = (item) => item.type !== 'gap' && item.sequence % 3 === 0;

function filled(count: number, capacity = 1_000): LogBuffer {
  const buffer = new LogBuffer(capacity);
  for (const event of pageStream().applied(0, count)) buffer.push(event);
  return buffer;
}

function numbersOf(log: FilteredLog): number[] {
  return Array.from({ length: log.length }, (_, position) => log.numberAt(position) ?? -1);
}

describe('FilteredLog', () => {
  it('holds the numbers of the lines that pass, oldest first', () => {
    const log = new FilteredLog(filled(10), everyThird);
    log.work(never);
    expect(numbersOf(log)).toEqual([2, 5, 8]);
    expect(log.isSettled).toBe(true);
    expect(log.itemAt(1)).toMatchObject({ sequence: 6 });
    expect(log.numberAt(3)).toBeUndefined();
    expect(log.numberAt(-1)).toBeUndefined();
  });

  it('finds the newest lines first when its time is up, and the rest later', () => {
    const log = new FilteredLog(filled(1_000), everyThird);
    let looks = 0;
    log.work(() => (looks += 1) > 1);
    expect(log.isSettled).toBe(false);
    expect(log.numberAt(log.length - 1)).toBe(998);
    const early = log.length;
    expect(early).toBeGreaterThan(0);
    expect(early).toBeLessThan(333);
    log.work(never);
    expect(log.length).toBe(333);
    expect(log.numberAt(0)).toBe(2);
  });

  it('makes headway with new lines even when its time is always up', () => {
    const buffer = filled(0);
    const log = new FilteredLog(buffer, always);
    for (const event of pageStream().applied(0, 300)) buffer.push(event);
    log.work(always);
    const first = log.length;
    log.work(always);
    expect(first).toBeGreaterThan(0);
    expect(log.length).toBeGreaterThan(first);
  });

  it('finds the position of a number, shown or not', () => {
    const log = new FilteredLog(filled(10), everyThird);
    log.work(never);
    expect([0, 2, 3, 5, 8, 9].map((number) => log.positionOf(number))).toEqual([0, 0, 1, 1, 2, 3]);
  });

  it('leaves out what came before its starting point', () => {
    const buffer = filled(10);
    const log = new FilteredLog(buffer, always, 10);
    for (const event of pageStream().applied(1, 4)) buffer.push(event);
    log.work(never);
    expect(numbersOf(log)).toEqual([10, 11, 12, 13]);
  });

  it('agrees with a plain filter over the ring, however lines and work interleave', () => {
    const steps = fc.array(fc.record({ lines: fc.nat(40), looks: fc.nat(2) }), { maxLength: 30 });
    fc.assert(
      fc.property(steps, fc.nat(60), (script, before) => {
        const stream = pageStream();
        const buffer = new LogBuffer(50);
        for (const event of stream.applied(0, before)) buffer.push(event);
        const log = new FilteredLog(buffer, everyThird);
        for (const { lines, looks } of script) {
          for (const event of stream.applied(0, lines)) buffer.push(event);
          let left = looks;
          log.work(() => (left -= 1) < 0);
        }
        log.work(never);
        const expected: number[] = [];
        for (let number = buffer.firstNumber; number < buffer.nextNumber; number += 1) {
          const item = buffer.at(number);
          if (item && everyThird(item)) expected.push(number);
        }
        expect(numbersOf(log)).toEqual(expected);
      }),
    );
  });
});
