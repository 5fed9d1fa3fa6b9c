import { expect, it } from 'vitest';
import { OpenWork } from '../../../main/scenario/open-work.ts';
import { workloadSchema } from '../../../shared/workload.ts';
import { EventStory } from '../../support/event-story.ts';
import { HandPort } from '../../support/hand-port.ts';

const figures = { spanNs: 1, answered: 0, failed: 0, unknown: 0, p50Ns: 0, p99Ns: 0 };
const workload = workloadSchema.parse({});

it('is settled when every command was answered', () => {
  const [work, port] = [new OpenWork(), new HandPort()];
  expect(work.settle(port, () => {})).toBe(true);
  work.begin();
  work.begin();
  work.end();
  expect(work.settle(port, () => {})).toBe(false);
  work.end();
  expect(work.settle(port, () => {})).toBe(true);
  expect(port.open).toEqual([]);
});

it('stops a workload once, waits until it has stopped, and wakes', () => {
  const [work, port] = [new OpenWork(), new HandPort()];
  let woken = 0;
  const settle = (): boolean => work.settle(port, () => (woken += 1));
  work.take(new EventStory().lab({ type: 'workload-started', workload }));
  expect([settle(), settle()]).toEqual([false, false]);
  expect([port.open, woken]).toEqual([['stop-workload'], 0]);
  port.answer('stop-workload');
  expect([settle(), woken]).toEqual([true, 1]);
});

it('stops none that has ended, nor one of a cluster before', () => {
  const story = new EventStory();
  for (const end of [
    () => story.lab({ type: 'workload-stopped', reason: 'a test', figures }),
    () => story.cluster(1).events.find(({ type }) => type === 'cluster-started'),
  ]) {
    const [work, port] = [new OpenWork(), new HandPort()];
    work.take(story.lab({ type: 'workload-started', workload }));
    const event = end();
    if (event) work.take(event);
    expect([work.settle(port, () => {}), port.open]).toEqual([true, []]);
  }
});
