import { expect, it } from 'vitest';
import { Alarm } from '../../../main/scenario/alarm.ts';
import { HandPort } from '../../support/hand-port.ts';

function setUp(): { readonly port: HandPort; readonly alarm: Alarm; readonly rings: number[] } {
  const port = new HandPort();
  const rings: number[] = [];
  return { port, rings, alarm: new Alarm(port, () => rings.push(port.nowNs())) };
}

it('rings once, at the earliest moment that was asked for', () => {
  const { port, alarm, rings } = setUp();
  alarm.ringAt(50_000_000);
  alarm.ringAt(20_000_000);
  alarm.ringAt(30_000_000);
  port.pass(19);
  expect(rings).toEqual([]);
  port.pass(1);
  expect(rings).toEqual([20_000_000]);
  port.pass(100);
  expect(rings).toHaveLength(1);
});

it('never rings before its moment, and for one that is over as soon as it can, but not while it is asked', () => {
  const { port, alarm, rings } = setUp();
  alarm.ringAt(1_500_000);
  port.pass(1);
  expect(rings).toEqual([]);
  port.pass(1);
  expect(rings).toEqual([2_000_000]);
  alarm.ringAt(0);
  alarm.ringSoon();
  expect(rings).toHaveLength(1);
  port.pass(0);
  expect(rings).toHaveLength(2);
});

it('can be asked for the next moment while it rings', () => {
  const port = new HandPort();
  const rings: number[] = [];
  const alarm: Alarm = new Alarm(port, () => {
    rings.push(port.nowNs());
    if (rings.length < 3) alarm.ringAt(port.nowNs() + 5_000_000);
  });
  alarm.ringSoon();
  for (let ms = 0; ms < 30; ms += 5) port.pass(5);
  expect(rings).toEqual([5_000_000, 10_000_000, 15_000_000]);
});

it('is silent for good once it is off', () => {
  const { port, alarm, rings } = setUp();
  alarm.ringAt(10_000_000);
  alarm.turnOff();
  alarm.ringSoon();
  port.pass(100);
  expect(rings).toEqual([]);
  expect(port.timers).toEqual([]);
});
