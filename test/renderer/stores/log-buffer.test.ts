import { describe, expect, it } from 'vitest';
import { LogBuffer } from '../../../renderer/stores/log-buffer.ts';
import { pageStream } from '../../support/page-events.ts';

describe('LogBuffer', () => {
  it('keeps the latest lines under their numbers and hands back what falls out', () => {
    const events = pageStream().applied(0, 5);
    const buffer = new LogBuffer(3);
    const dropped = events.map((event) => buffer.push(event));
    expect(dropped).toEqual([undefined, undefined, undefined, events[0], events[1]]);
    expect([buffer.firstNumber, buffer.nextNumber]).toEqual([2, 5]);
    expect([1, 2, 3, 4, 5].map((number) => buffer.at(number))).toEqual([undefined, ...events.slice(2), undefined]);
  });

  it('never gives a number twice, cleared or not', () => {
    const stream = pageStream();
    const buffer = new LogBuffer(4);
    for (const event of stream.applied(0, 5)) buffer.push(event);
    buffer.clear();
    expect(buffer.firstNumber).toBe(buffer.nextNumber);
    const after = buffer.nextNumber;
    expect(after).toBeGreaterThanOrEqual(5);
    const [event] = stream.applied(0, 1);
    if (event) buffer.push(event);
    expect(buffer.at(after)).toBe(event);
    expect(buffer.at(4)).toBeUndefined();
  });

  it('freezes a copy that does not see what comes later', () => {
    const stream = pageStream();
    const buffer = new LogBuffer(2);
    const [first, second, third] = stream.applied(0, 3);
    for (const event of [first, second]) if (event) buffer.push(event);
    const frozen = buffer.freeze();
    if (third) buffer.push(third);
    expect([frozen.at(0), frozen.at(1), frozen.at(2)]).toEqual([first, second, undefined]);
    expect(buffer.at(0)).toBeUndefined();
  });
});
