// @vitest-environment happy-dom
import { enableAutoUnmount, flushPromises, type VueWrapper } from '@vue/test-utils';
import { createPinia, setActivePinia } from 'pinia';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import WorkloadForm from '../../../../renderer/components/client-panel/workload-form.vue';
import { useWorkloadStore } from '../../../../renderer/stores/workload.ts';
import type { EventBody } from '../../../../shared/event.ts';
import { labSourceId } from '../../../../shared/ids.ts';
import { succeed } from '../../../../shared/result.ts';
import { workloadSchema } from '../../../../shared/workload.ts';
import { labThatAnswers, type FakeLab } from '../../../support/fake-lab.ts';
import { mountPane, testId } from '../../../support/mount-pane.ts';
import { pageStream, snapshotAfter, startOf } from '../../../support/page-events.ts';

let lab: FakeLab;
let form: VueWrapper;
const stream = pageStream();
const figures = { spanNs: 1e9, answered: 120, failed: 3, unknown: 1, p50Ns: 2e6, p99Ns: 9e6 };
const started: EventBody = { type: 'workload-started', workload: workloadSchema.parse({}) };

enableAutoUnmount(afterEach);
beforeEach(() => {
  localStorage.clear();
  setActivePinia(createPinia());
  lab = labThatAnswers(() => succeed(null));
  form = mountPane(WorkloadForm);
});

async function happen(...bodies: EventBody[]): Promise<void> {
  useWorkloadStore().take(bodies.map((body) => stream.next(labSourceId, body)));
  await flushPromises();
}

async function start(): Promise<void> {
  form.get(testId('load-start')).element.closest('form')?.requestSubmit();
  await flushPromises();
}

describe('a load', () => {
  it('is started as it was asked for; what is left blank has its default', async () => {
    await form.get(testId('load-clients')).setValue('12');
    await form.get(testId('load-rate')).setValue('');
    await form.get(testId('load-mix-localRead')).setValue('5');
    await form.get(testId('load-node')).setValue('leader');
    await start();
    expect(lab.commands).toMatchObject([
      { type: 'start-workload', workload: { clients: 12, node: 'leader', payloadBytes: 16, mix: { localRead: 5 } } },
    ]);
    expect(lab.commands[0]).not.toHaveProperty('workload.requestsPerSecond');
  });

  it('that makes no sense is not started, and the reason is said', async () => {
    await form.get(testId('load-clients')).setValue('many');
    await start();
    expect(form.get(testId('load-problem')).text()).toBe('Clients must be a whole number.');
    await form.get(testId('load-clients')).setValue('100000');
    await start();
    expect(form.get(testId('load-problem')).text()).toContain('clients');
    expect(lab.commands).toEqual([]);
  });

  it('shows how it goes, can be stopped, and how it went', async () => {
    await happen(started, { type: 'workload-figures', figures });
    expect(form.get(testId('load-state')).text()).toContain('120/s');
    await form.get(testId('load-stop')).trigger('click');
    expect(lab.commands).toEqual([{ type: 'stop-workload' }]);
    await happen({ type: 'workload-stopped', reason: 'Asked to.', figures: { ...figures, spanNs: 2e9 } });
    expect(form.get(testId('load-state')).text()).toContain('Asked to.');
    expect(form.get(testId('load-state')).text()).toContain('60/s');
    expect(form.find(testId('load-stop')).exists()).toBe(false);
  });

  it('that ran before the page came is there', async () => {
    const events = [startOf(stream, 3), stream.next(labSourceId, started)];
    useWorkloadStore().reset(snapshotAfter(events));
    await flushPromises();
    expect(form.find(testId('load-stop')).exists()).toBe(true);
  });

  it('begins with what was typed last, if the storage holds what makes sense', async () => {
    await form.get(testId('load-clients')).setValue('7');
    await flushPromises();
    form.unmount();
    setActivePinia(createPinia());
    expect(mountPane(WorkloadForm).get<HTMLInputElement>(testId('load-clients')).element.value).toBe('7');
    localStorage.setItem('raft-lab.workload', '{"clients":3}');
    setActivePinia(createPinia());
    expect(mountPane(WorkloadForm).get<HTMLInputElement>(testId('load-clients')).element.value).toBe('4');
  });
});
