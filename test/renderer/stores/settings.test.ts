// @vitest-environment happy-dom
import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, describe, expect, it } from 'vitest';
import { nextTick } from 'vue';
import { useSettingsStore } from '../../../renderer/stores/settings.ts';

beforeEach(() => {
  localStorage.clear();
  setActivePinia(createPinia());
});

describe('settings', () => {
  it('resolve the theme for the page', async () => {
    const settings = useSettingsStore();
    settings.theme = 'light';
    await nextTick();
    expect(document.documentElement.dataset['theme']).toBe('light');
    settings.theme = 'dark';
    await nextTick();
    expect(document.documentElement.dataset['theme']).toBe('dark');
    settings.theme = 'system';
    expect(['dark', 'light']).toContain(settings.shownTheme);
  });

  it('bear whatever the browser has kept', () => {
    localStorage.setItem('raft-lab.theme', 'mauve');
    expect(useSettingsStore()).toMatchObject({ theme: 'system' });
  });
});
