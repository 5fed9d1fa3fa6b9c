/** Going to panes and arranging them. */
import { useFocusPane } from '../composables/use-focus-pane.ts';
import type { PageAction } from '../stores/actions.ts';
import { regionIds, useWorkspaceStore, type PaneId, type RegionId } from '../stores/workspace.ts';
import { text } from '../text/actions.ts';
import { text as paneText } from '../text/panes.ts';
import { shownPaneIds } from '../views/panes.ts';

/** The first nine panes have the digits from 1, the tenth has 0. */
const digits = 10;

export function usePaneActions(): () => readonly PageAction[] {
  const workspace = useWorkspaceStore();
  const focusPane = useFocusPane();
  const group = text.groups.panes;

  const goTo = (id: PaneId, place: number): PageAction => ({
    id: `pane.go.${id}`,
    label: text.goTo(paneText.title(id)),
    group,
    ...(place < digits && { keys: [`${(place + 1) % digits}`] }),
    run: () => void focusPane(id),
  });
  const hide = (id: PaneId): PageAction => ({
    id: `pane.hide.${id}`,
    label: text.hide(paneText.title(id)),
    group,
    isEnabled: () => workspace.regionOf(id) !== undefined,
    run: () => workspace.hide(id),
  });

  return () => [
    ...shownPaneIds.map(goTo),
    {
      id: 'pane.maximise',
      label: text.maximise,
      group,
      keys: ['m'],
      isEnabled: () => workspace.maximised !== null || focusedRegion() !== undefined,
      run: () => {
        const region = workspace.maximised ?? focusedRegion();
        if (region !== undefined) workspace.toggleMaximised(region);
      },
    },
    ...shownPaneIds.map(hide),
    { id: 'pane.reset', label: text.resetPanes, group, run: () => workspace.reset() },
  ];
}

function focusedRegion(): RegionId | undefined {
  const region = document.activeElement?.closest<HTMLElement>('[data-region]')?.dataset['region'];
  return regionIds.find((name) => name === region);
}
