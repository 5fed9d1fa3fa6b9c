/** A region as it is shown: the tabs of panes that there are, and which one is in front. */
import type { Arrangement, PaneId, Region, RegionId } from '../stores/workspace.ts';
import { shownPaneIds } from './panes.ts';

export function shownRegion(arrangement: Arrangement, name: RegionId): Region {
  const { panes, front } = arrangement[name];
  const shown = panes.filter((id) => shownPaneIds.includes(id));
  return { panes: shown, front: front !== null && shown.includes(front) ? front : (shown[0] ?? null) };
}

/** The place of `before` among a region's panes once `moved` is out of them, as `move` wants it; undefined: the last one. */
export function placeBefore(region: Region, moved: PaneId, before: PaneId | undefined): number | undefined {
  const others = region.panes.filter((id) => id !== moved);
  const place = before === undefined ? -1 : others.indexOf(before);
  return place < 0 ? undefined : place;
}
