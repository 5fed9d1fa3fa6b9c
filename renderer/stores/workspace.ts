/** How the window is arranged: which pane stands in which region, and which one of a region is in front. Lasts. */
import { useStorage } from '@vueuse/core';
import { defineStore } from 'pinia';
import { ref } from 'vue';
import { z } from 'zod';

/** Every pane of the page. `views/panes.ts` says which component each is. */
export const paneIds = [
  'stage',
  'diagram',
  'nodes',
  'members',
  'rules',
  'faults',
  'logs',
  'matrix',
  'charts',
  'client',
  'scenarios',
  'checks',
  'details',
] as const;
export type PaneId = (typeof paneIds)[number];

/** From left to right: `main`, `side`, `right`; below `main` and `side`: `bottom` and `corner`. An empty one takes no room. */
export const regionIds = ['main', 'side', 'right', 'bottom', 'corner'] as const;
export type RegionId = (typeof regionIds)[number];

export interface Region {
  /** Tabs from left to right. */
  readonly panes: readonly PaneId[];
  /** The one in front; null in an empty region. */
  readonly front: PaneId | null;
}

export type Arrangement = Readonly<Record<RegionId, Region>>;

export const defaultArrangement: Arrangement = {
  main: { panes: ['stage', 'diagram'], front: 'stage' },
  side: { panes: ['nodes', 'members', 'rules', 'faults'], front: 'nodes' },
  right: { panes: ['client', 'details', 'scenarios', 'checks'], front: 'client' },
  bottom: { panes: ['logs'], front: 'logs' },
  corner: { panes: ['matrix', 'charts'], front: 'matrix' },
};

const pane = z.enum(paneIds);
const region = z.object({ panes: z.array(pane), front: pane.nullable() });
const stored = z.object({ main: region, side: region, right: region, bottom: region, corner: region });

export const useWorkspaceStore = defineStore('workspace', () => {
  const arrangement = useStorage<Arrangement>('raft-lab.arrangement', defaultArrangement);
  if (!isSound(arrangement.value)) arrangement.value = defaultArrangement;

  /** The region that has the whole window for a while. */
  const maximised = ref<RegionId | null>(null);
  /** How often everything was put back: sizes follow. */
  const resets = ref(0);
  /** The pane whose tab is being dragged. */
  const dragged = ref<PaneId | null>(null);

  function regionOf(id: PaneId): RegionId | undefined {
    return regionIds.find((name) => arrangement.value[name].panes.includes(id));
  }

  function isInFront(id: PaneId): boolean {
    const name = regionOf(id);
    return name !== undefined && arrangement.value[name].front === id;
  }

  function setRegion(name: RegionId, next: Region): void {
    arrangement.value = { ...arrangement.value, [name]: next };
  }

  /** Brings a pane to the front of its region; one that was hidden comes back where it stands by default. */
  function show(id: PaneId): void {
    const name = regionOf(id);
    if (name === undefined) move(id, defaultRegionOf(id));
    else setRegion(name, { panes: arrangement.value[name].panes, front: id });
    if (maximised.value !== regionOf(id)) maximised.value = null;
  }

  function hide(id: PaneId): void {
    const name = regionOf(id);
    if (name === undefined) return;
    const { panes, front } = arrangement.value[name];
    const left = panes.filter((other) => other !== id);
    const neighbour = left[Math.min(panes.indexOf(id), left.length - 1)] ?? null;
    setRegion(name, { panes: left, front: front === id ? neighbour : front });
  }

  /** Puts a pane into a region, in front, before the tab at `place` (by default the last one). */
  function move(id: PaneId, name: RegionId, place?: number): void {
    hide(id);
    const { panes } = arrangement.value[name];
    setRegion(name, { panes: panes.toSpliced(place ?? panes.length, 0, id), front: id });
    if (maximised.value !== name) maximised.value = null;
  }

  /** Gives a region the whole window, or takes it back. */
  function toggleMaximised(name: RegionId): void {
    maximised.value = maximised.value === name ? null : name;
  }

  function reset(): void {
    arrangement.value = defaultArrangement;
    maximised.value = null;
    resets.value += 1;
  }

  return {
    arrangement,
    maximised,
    resets,
    dragged,
    regionOf,
    isInFront,
    setRegion,
    show,
    hide,
    move,
    toggleMaximised,
    reset,
  };
});

function defaultRegionOf(id: PaneId): RegionId {
  return regionIds.find((name) => defaultArrangement[name].panes.includes(id)) ?? 'main';
}

/** What the storage holds may come from another version: each pane stands in one place at most, and a front one in its region. */
function isSound(value: unknown): boolean {
  const parsed = stored.safeParse(value);
  if (!parsed.success) return false;
  const regions = regionIds.map((name) => parsed.data[name]);
  const panes = regions.flatMap((each) => each.panes);
  return (
    new Set(panes).size === panes.length &&
    regions.every(({ panes: own, front }) => (front === null ? own.length === 0 : own.includes(front)))
  );
}
