import { expect, it } from 'vitest';
import { DrivenLab, startDrivenLab } from '../../../../support/sim-lab.ts';

const mix = { append: 0, conditionalAppend: 0, linearizableRead: 0, leaseRead: 0, localRead: 0 };
const unpaced = { clients: 3, mix, payloadBytes: 8, node: 'any', sessions: true } as const;
const workload = {
  ...unpaced,
  requestsPerSecond: 100,
  mix: { append: 5, conditionalAppend: 1, linearizableRead: 2, leaseRead: 1, localRead: 1 },
};

it('lets clients ask by themselves, at their rate, until they are stopped', () => {
  const driven = startDrivenLab(3);
  driven.do({ type: 'start-workload', workload });
  driven.runFor(5_000);
  const figures = driven.do({ type: 'stop-workload' });
  expect(figures.answered + figures.failed).toBeGreaterThan(450);
  const sent = driven.eventsOf('request-sent');
  expect(new Set(sent.map(({ client }) => client))).toEqual(new Set([0, 1, 2]));
  driven.runFor(2_000);
  expect(driven.eventsOf('request-sent')).toHaveLength(sent.length);
  const { verdicts, operations } = driven.do({ type: 'judge' });
  expect(verdicts.filter(({ verdict }) => verdict !== 'held')).toEqual([]);
  expect(operations.reads).toBeGreaterThan(100);
});

it('is one at most, and ends with its cluster', () => {
  const driven = startDrivenLab(3);
  driven.do({ type: 'start-workload', workload });
  driven.do({ type: 'start-workload', workload: { ...workload, node: 'leader' } });
  driven.do({ type: 'stop-cluster' });
  const reasons = driven.eventsOf('workload-stopped').map(({ reason }) => reason);
  expect(reasons).toEqual(['Another workload takes its place.', 'As asked.']);
  expect(driven.ask({ type: 'stop-workload' })).toMatchObject({ failure: { message: 'No workload is running.' } });
  expect(new DrivenLab().ask({ type: 'start-workload', workload })).toMatchObject({ ok: false });
});

it('lets time pass for clients that are answered without a datagram', () => {
  const driven = startDrivenLab(1);
  driven.do({ type: 'start-workload', workload: { ...unpaced, mix: { ...mix, localRead: 1 } } });
  driven.runFor(100);
  expect(driven.do({ type: 'stop-workload' }).answered).toBeGreaterThan(100);
});
