// @vitest-environment happy-dom
import { enableAutoUnmount, flushPromises, type VueWrapper } from '@vue/test-utils';
import { createPinia, setActivePinia } from 'pinia';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import ClientPanel from '../../../../renderer/components/client-panel/client-panel.vue';
import { useActionsStore } from '../../../../renderer/stores/actions.ts';
import { useClientPanelStore } from '../../../../renderer/stores/client-panel.ts';
import { useClusterStore } from '../../../../renderer/stores/cluster.ts';
import type { Command } from '../../../../shared/command.ts';
import { fail, succeed, type Result } from '../../../../shared/result.ts';
import { labThatAnswers, type FakeLab } from '../../../support/fake-lab.ts';
import { mountPane, testId } from '../../../support/mount-pane.ts';
import { pageStream, startOf } from '../../../support/page-events.ts';

let lab: FakeLab;
let panel: VueWrapper;
let answer: (command: Command) => Result<unknown>;

enableAutoUnmount(afterEach);
beforeEach(() => {
  localStorage.clear();
  setActivePinia(createPinia());
  answer = () => succeed({ kind: 'append', firstIndex: 1, lastIndex: 1, term: 1 });
  lab = labThatAnswers((command) => answer(command));
  useClusterStore().take([startOf(pageStream(), 3)], 0);
  panel = mountPane(ClientPanel);
});

async function append(): Promise<void> {
  panel.get(testId('append-button')).element.closest('form')?.requestSubmit();
  await flushPromises();
}

function appended(): unknown[] {
  return lab.commands.map((command) =>
    command.type === 'append' ? command.entries.map((entry) => new TextDecoder().decode(entry as Uint8Array)) : command,
  );
}

async function choose(file: File): Promise<void> {
  const input = panel.get<HTMLInputElement>(testId('append-choose-file'));
  Object.defineProperty(input.element, 'files', { configurable: true, value: [file] });
  await input.trigger('change');
  await expect.poll(() => panel.find(testId('append-file')).exists()).toBe(true);
}

describe('appending', () => {
  it('the same several times, one request after the other', async () => {
    await panel.get(testId('append-text')).setValue('foo');
    await panel.get(testId('append-times')).setValue('3');
    await append();
    expect(appended()).toEqual([['foo'], ['foo'], ['foo']]);
  });

  it('ends with the first one that fails, and says so', async () => {
    answer = () =>
      lab.commands.length < 2 ? succeed({ firstIndex: 1, lastIndex: 1, term: 1 }) : fail('no-leader', 'Nobody leads.');
    await panel.get(testId('append-text')).setValue('foo');
    await panel.get(testId('append-times')).setValue('9');
    await append();
    expect(lab.commands).toHaveLength(2);
    expect(panel.get(testId('append-result')).text()).toContain('Nobody leads.');
  });

  it('lines of a file, of which the panel tells the size', async () => {
    await choose(new File(['one\ntwo\n\nthree'], 'lines.txt'));
    expect(panel.get(testId('append-file')).text()).toContain('lines.txt: 3 entries, 11 bytes');
    await append();
    expect(appended()).toEqual([['one', 'two', 'three']]);
  });

  it('what was typed is there again after the panel was out of sight', async () => {
    await panel.get(testId('append-text')).setValue('foo');
    panel.unmount();
    panel = mountPane(ClientPanel);
    expect(panel.get<HTMLTextAreaElement>(testId('append-text')).element.value).toBe('foo');
  });

  it('is begun by a key: the cursor stands in the field', async () => {
    useClientPanelStore().offer();
    useClientPanelStore().tab = 'load';
    await flushPromises();
    expect(useActionsStore().run('client.append')).toBe(true);
    await flushPromises();
    expect(document.activeElement).toBe(panel.get(testId('append-text')).element);
  });
});
