// @vitest-environment happy-dom
import { enableAutoUnmount, flushPromises, type VueWrapper } from '@vue/test-utils';
import { createPinia, setActivePinia } from 'pinia';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { nextTick } from 'vue';
import ScenariosPane from '../../../../renderer/components/scenarios/scenarios-pane.vue';
import { usePlayheadStore } from '../../../../renderer/stores/playhead.ts';
import { useScenarioStore } from '../../../../renderer/stores/scenario.ts';
import { useSelectionStore } from '../../../../renderer/stores/selection.ts';
import { labSourceId } from '../../../../shared/ids.ts';
import { fail, succeed } from '../../../../shared/result.ts';
import { labThatAnswers } from '../../../support/fake-lab.ts';
import { mountPane, testId } from '../../../support/mount-pane.ts';
import { pageStream, snapshotAfter } from '../../../support/page-events.ts';
import { storeOf } from '../../../support/told-store.ts';

enableAutoUnmount(afterEach);
beforeEach(() => {
  localStorage.clear();
  setActivePinia(createPinia());
});

async function click(pane: VueWrapper, id: string): Promise<void> {
  await pane.get(testId(id)).trigger('click');
}

async function face(pane: VueWrapper, position: number): Promise<void> {
  await pane.get(testId('scenario-face')).findAll('[role=radio]')[position]?.trigger('click');
}

describe('the pane of scenarios', () => {
  it('leads from the library to a run, with the variant that was chosen', async () => {
    const lab = labThatAnswers(() => succeed(null));
    const pane = mountPane(ScenariosPane);
    await click(pane, 'scenario-figure-8');
    expect(pane.get(testId('scenario-details')).text()).toContain('Figure 8, an old entry on a majority');
    await pane.get(testId('scenario-variant')).setValue('rule off');
    await pane.get('form').trigger('submit');
    await flushPromises();
    expect(lab.commands).toMatchObject([{ type: 'run-scenario', variant: 'rule off', world: 'real' }]);
    expect(useScenarioStore().face).toBe('run');
  });

  it('ticks steps off, shows verdicts, and leads to the moment of a step', async () => {
    const stream = pageStream();
    const events = [
      stream.next(labSourceId, { type: 'scenario-started', title: 'Mine', steps: 2 }),
      stream.next(labSourceId, { type: 'scenario-step', step: 1, text: 'expects new leader' }),
      stream.next(labSourceId, { type: 'scenario-judged', expectation: 'new leader', outcome: 'met', reason: '' }),
      stream.next(labSourceId, { type: 'scenario-step', step: 2, text: 'crash-node 1' }),
    ];
    labThatAnswers(() => succeed(null), storeOf(events));
    const store = useScenarioStore();
    store.take(events, 0, 0);
    usePlayheadStore().reset(snapshotAfter(events));
    store.face = 'run';
    const pane = mountPane(ScenariosPane);
    expect(pane.findAll(testId('scenario-step')).map((step) => step.text())).toEqual([
      'expects new leader+0.00 s',
      'crash-node 1+0.00 s',
    ]);
    expect(pane.get(testId('scenario-judgement')).attributes('data-outcome')).toBe('met');
    await click(pane, 'scenario-step');
    expect(useSelectionStore().selection).toEqual({ kind: 'event', position: 1 });

    store.take(
      [stream.next(labSourceId, { type: 'scenario-ended', title: 'Mine', outcome: 'failed', reason: 'too late' })],
      0,
      4,
    );
    await nextTick();
    expect(pane.get(testId('scenario-outcome')).text()).toBe('Failed');
    expect(pane.text()).toContain('too late');
  });

  it('says what is wrong in a text, with its place, and goes there', async () => {
    labThatAnswers(() => fail('invalid', '2:1: unknown key "stpes"; did you mean "steps"?'));
    const pane = mountPane(ScenariosPane);
    await face(pane, 1);
    await pane.get(testId('scenario-text')).setValue('title: x\nstpes: []\n');
    await pane.get('form').trigger('submit');
    await flushPromises();
    expect(pane.get(testId('scenario-problems')).text()).toContain('did you mean "steps"?');
    await pane.get('.place').trigger('click');
    const area = pane.get<HTMLTextAreaElement>(testId('scenario-text')).element;
    expect(area.selectionStart).toBe('title: x\n'.length);
  });

  it('takes what was done by hand into the editor', async () => {
    labThatAnswers((command) => succeed(command.type === 'save-scenario' ? { text: `title: ${command.title}` } : null));
    const pane = mountPane(ScenariosPane);
    await face(pane, 1);
    await pane.get(testId('scenario-save-title')).setValue('Mine');
    await pane.findAll('form').at(-1)?.trigger('submit');
    await flushPromises();
    expect(pane.get<HTMLTextAreaElement>(testId('scenario-text')).element.value).toBe('title: Mine');
  });
});
