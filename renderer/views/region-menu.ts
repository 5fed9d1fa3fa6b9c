/** What can be done to a pane where it stands. */
import { EyeOff, Maximize2, Minimize2, MoveRight } from '@lucide/vue';
import type { MenuItem } from '../components/base/menu-item.ts';
import { regionIds, type RegionId } from '../stores/workspace.ts';
import { text } from '../text/panes.ts';

export type RegionAct = 'maximise' | 'hide' | RegionId;

export function regionMenu(name: RegionId, isMaximised: boolean): readonly MenuItem<RegionAct>[] {
  return [
    {
      id: 'maximise',
      label: isMaximised ? text.restore : text.maximise,
      icon: isMaximised ? Minimize2 : Maximize2,
      testId: 'pane-maximise',
    },
    ...regionIds
      .filter((other) => other !== name)
      .map((other, place) => ({
        id: other,
        label: text.moveTo(other),
        icon: MoveRight,
        startsGroup: place === 0,
        testId: `pane-move-${other}`,
      })),
    { id: 'hide', label: text.hide, icon: EyeOff, startsGroup: true, testId: 'pane-hide' },
  ];
}
