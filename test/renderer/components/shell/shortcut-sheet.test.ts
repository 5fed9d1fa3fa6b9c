// @vitest-environment happy-dom
import { mount } from '@vue/test-utils';
import { createPinia, setActivePinia } from 'pinia';
import { expect, it } from 'vitest';
import { nextTick } from 'vue';
import ShortcutSheet from '../../../../renderer/components/shell/shortcut-sheet.vue';
import { useActionsStore } from '../../../../renderer/stores/actions.ts';
import { useOverlaysStore } from '../../../../renderer/stores/overlays.ts';
import { useSettingsStore } from '../../../../renderer/stores/settings.ts';
import { byTestId } from '../../../support/mount-on-lab.ts';

it('has every act with keys under its heading, and switches single keys off', async () => {
  localStorage.clear();
  const pinia = createPinia();
  setActivePinia(pinia);
  useActionsStore().register([
    { id: 'a', group: 'Client', label: 'Append', keys: ['a'], run: () => {} },
    { id: 'b', group: 'Client', label: 'Without keys', run: () => {} },
    { id: 'c', group: 'Cluster', label: 'Heal everything', keys: ['h', 'Mod+Shift+H'], run: () => {} },
  ]);
  const page = mount(ShortcutSheet, { attachTo: document.body, global: { plugins: [pinia] } });
  useOverlaysStore().set('shortcuts', true);
  await expect.poll(() => document.querySelector('[data-testid="shortcut-sheet"]')).not.toBeNull();
  const sheet = byTestId('shortcut-sheet');
  expect([...sheet.querySelectorAll('h3')].map((h3) => h3.textContent)).toEqual([
    'Cluster',
    'Client',
    'Where the focus is',
  ]);
  expect(sheet.textContent).not.toContain('Without keys');
  expect(sheet.querySelector('section')?.textContent).toBe('ClusterHCtrlShiftHHeal everything');
  byTestId('single-keys').click();
  await nextTick();
  expect(useSettingsStore().singleKeys).toBe(false);
  page.unmount();
});
