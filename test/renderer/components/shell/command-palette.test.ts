// @vitest-environment happy-dom
import { mount, type VueWrapper } from '@vue/test-utils';
import { createPinia, setActivePinia, type Pinia } from 'pinia';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { nextTick } from 'vue';
import CommandPalette from '../../../../renderer/components/shell/command-palette.vue';
import { useActionsStore } from '../../../../renderer/stores/actions.ts';
import { useOverlaysStore } from '../../../../renderer/stores/overlays.ts';
import { byTestId } from '../../../support/mount-on-lab.ts';

let page: VueWrapper;
let done: string[];

beforeEach(() => {
  localStorage.clear();
  const pinia: Pinia = createPinia();
  setActivePinia(pinia);
  done = [];
  const make = (id: string, group: string, label: string, isEnabled = true) => ({
    id,
    group,
    label,
    isEnabled: () => isEnabled,
    run: () => done.push(id),
  });
  useActionsStore().register([
    make('pane.logs', 'Panes', 'Go to Logs'),
    { ...make('cluster.heal', 'Cluster', 'Heal everything'), keys: ['h'] },
    make('cluster.stop', 'Cluster', 'Stop the cluster', false),
  ]);
  page = mount(CommandPalette, { attachTo: document.body, global: { plugins: [pinia] } });
});
afterEach(() => page.unmount());

async function open(): Promise<HTMLInputElement> {
  useOverlaysStore().set('palette', true);
  await expect.poll(() => document.querySelector('[data-testid="palette-input"]')).not.toBeNull();
  const input = byTestId('palette-input');
  if (!(input instanceof HTMLInputElement)) throw new Error('The palette has no field.');
  return input;
}
const labels = (): string[] =>
  [...document.querySelectorAll('[role="option"] .palette-label')].map((label) => label.textContent);
const headings = (): string[] => [...document.querySelectorAll('.menu-heading')].map((heading) => heading.textContent);

async function type(input: HTMLInputElement, words: string): Promise<void> {
  input.value = words;
  input.dispatchEvent(new Event('input'));
  await nextTick();
}

describe('the palette', () => {
  it('shows what can be done now, under headings, with its keys', async () => {
    await open();
    expect(headings()).toEqual(['Cluster', 'Panes']);
    expect(labels()).toEqual(['Heal everything', 'Go to Logs']);
    expect(byTestId('palette-cluster.heal').querySelector('kbd')?.textContent).toBe('H');
  });

  it('finds by typing, and says when there is nothing', async () => {
    const input = await open();
    await type(input, 'log');
    expect(labels()).toEqual(['Go to Logs']);
    await type(input, 'xyz');
    expect(document.querySelector('[data-testid="palette"]')?.textContent).toContain('Nothing of that name');
  });

  it('does what is chosen, is gone, and has it first the next time', async () => {
    await open();
    byTestId('palette-pane.logs').click();
    await expect.poll(() => done).toEqual(['pane.logs']);
    expect(useOverlaysStore().shown).toBeNull();
    await open();
    expect(headings()).toEqual(['Recent', 'Cluster']);
    expect(labels()).toEqual(['Go to Logs', 'Heal everything']);
  });
});
