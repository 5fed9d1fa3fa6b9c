import { expect, it } from 'vitest';
import { OpenWork } from '../../../main/scenario/open-work.ts';
import { startDrivenLab } from '../../support/sim-lab.ts';

it('waits for every command', () => {
  const { lab } = startDrivenLab(3);
  const work = new OpenWork();
  expect(work.settle(lab, () => {})).toBe(true);
  work.begin();
  work.begin();
  work.end();
  expect(work.settle(lab, () => {})).toBe(false);
  work.end();
  expect(work.settle(lab, () => {})).toBe(true);
});

it('stops a workload, once, and says when', () => {
  const driven = startDrivenLab(3);
  const work = new OpenWork();
  driven.lab.subscribe((events) => {
    for (const event of events) work.take(event);
  });
  driven.do({ type: 'start-workload', workload: { clients: 1 } as never });
  driven.runFor(100);
  let woken = 0;
  const wake = (): number => (woken += 1);
  work.settle(driven.lab, wake);
  driven.until(() => woken > 0);
  expect(work.settle(driven.lab, wake)).toBe(true);
  expect([woken, driven.eventsOf('workload-stopped').length]).toEqual([1, 1]);
});
