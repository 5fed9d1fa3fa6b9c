/** Where each step of the tour points. */
import { panelId } from '../../composables/use-focus-pane.ts';
import { tourStepIds, type TourStepId } from '../../stores/tour.ts';
import type { PaneId } from '../../stores/workspace.ts';

export interface TourStep {
  /** Brought to the front first; the card stands beside its region. */
  readonly pane?: PaneId;
  /** In the place of a pane: what the card stands beside. */
  readonly selector?: string;
  /** On which side of it. */
  readonly side: 'left' | 'right' | 'top' | 'bottom';
}

export const tourSteps: Readonly<Record<TourStepId, TourStep>> = {
  stage: { pane: 'stage', side: 'right' },
  crash: { pane: 'stage', side: 'right' },
  append: { pane: 'client', side: 'left' },
  logs: { pane: 'logs', side: 'top' },
  timeline: { selector: '[data-tour="timeline"]', side: 'top' },
  keys: { selector: '[data-tour="help"]', side: 'bottom' },
};

/** What a step stands beside, as the page is now. */
export function placeOf(id: TourStepId): HTMLElement | null {
  const { pane, selector } = tourSteps[id];
  if (pane) return document.getElementById(panelId(pane))?.closest<HTMLElement>('[data-region]') ?? null;
  return selector === undefined ? null : document.querySelector<HTMLElement>(selector);
}

/** A pane can be brought to the front; anything else has to be there. */
export function stepsThere(): readonly TourStepId[] {
  return tourStepIds.filter((id) => tourSteps[id].pane !== undefined || placeOf(id) !== null);
}
