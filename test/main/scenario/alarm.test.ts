import { expect, it } from 'vitest';
import { Alarm } from '../../../main/scenario/alarm.ts';
import { DrivenLab } from '../../support/sim-lab.ts';

const ms = 1e6;

interface Ringer {
  readonly driven: DrivenLab;
  readonly alarm: Alarm;
  /** Times are since the beginning. */
  readonly ringAt: (atMs: number) => void;
  readonly rangAt: number[];
}

function ringer(): Ringer {
  const driven = new DrivenLab();
  const rangAt: number[] = [];
  const startNs = driven.lab.nowNs();
  const alarm = new Alarm(driven.lab, () => rangAt.push((driven.lab.nowNs() - startNs) / ms));
  const ringAt = (atMs: number): void => alarm.ringAt(startNs + atMs * ms);
  return { driven, alarm, ringAt, rangAt };
}

it('rings at the earliest moment that was asked for, once', () => {
  const { driven, alarm, ringAt, rangAt } = ringer();
  ringAt(10);
  ringAt(5);
  ringAt(7);
  ringAt(Infinity);
  driven.runFor(20);
  expect(rangAt).toEqual([5]);
  ringAt(3);
  alarm.ringSoon();
  expect(rangAt).toEqual([5]);
  driven.runFor(1);
  expect(rangAt).toEqual([5, 20]);
});

it('rings no more when it is off', () => {
  const { driven, alarm, ringAt, rangAt } = ringer();
  ringAt(5);
  alarm.turnOff();
  alarm.ringSoon();
  driven.runFor(10);
  expect(rangAt).toEqual([]);
});
