/** The looks of the window, and help. */
import type { PageAction } from '../stores/actions.ts';
import { useOverlaysStore } from '../stores/overlays.ts';
import { themes, useSettingsStore } from '../stores/settings.ts';
import { text } from '../text/actions.ts';
import { text as shell } from '../text/shell.ts';

export function useWindowActions(): () => readonly PageAction[] {
  const settings = useSettingsStore();
  const overlays = useOverlaysStore();
  const { window: group, help } = text.groups;

  return () => [
    {
      id: 'help.palette',
      label: text.palette,
      group: help,
      keys: ['Mod+Shift+P', 'Mod+k'],
      run: () => overlays.set('palette', overlays.shown !== 'palette'),
    },
    {
      id: 'help.shortcuts',
      label: text.shortcuts,
      group: help,
      keys: ['?'],
      run: () => overlays.set('shortcuts', true),
    },
    ...themes.map((theme) => ({
      id: `window.theme.${theme}`,
      label: text.theme(shell.themeName(theme)),
      group,
      isEnabled: () => settings.theme !== theme,
      run: () => void (settings.theme = theme),
    })),
  ];
}
