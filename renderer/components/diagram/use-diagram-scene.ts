/** What the diagram shows: lanes, what is lit up, and the scene that is made of it for each picture. */
import { useElementSize } from '@vueuse/core';
import { computed, ref, shallowRef, type ShallowRef } from 'vue';
import type { NodeId } from '../../../shared/ids.ts';
import { useClusterStore } from '../../stores/cluster.ts';
import { useConnectionStore } from '../../stores/connection.ts';
import { useDiagramStore } from '../../stores/diagram.ts';
import type { Edge } from '../../stores/diagram/diagram-items.ts';
import { usePlayheadStore } from '../../stores/playhead.ts';
import { useSelectionStore } from '../../stores/selection.ts';
import { causesOf, type Causes } from './causes.ts';
import { layoutOf } from './diagram-layout.ts';
import { DiagramView } from './diagram-view.ts';
import { highlightOf } from './highlight.ts';
import type { DiagramItem, Scene } from './scene.ts';
import { toNs } from './time-scale.ts';

/** The present is at most so far ahead of the last event: a world that is held stands still. */
const presentNs = 250e6;
/** Causes are looked for in so many lengths of the view on both sides of it, as far as it is loaded. */
const causesReach = 4;

export type DiagramScene = ReturnType<typeof useDiagramScene>;

export function useDiagramScene(host: Readonly<ShallowRef<HTMLElement | null>>) {
  const diagram = useDiagramStore();
  const cluster = useClusterStore();
  const connection = useConnectionStore();
  const playhead = usePlayheadStore();
  const selection = useSelectionStore();
  const { width, height } = useElementSize(host);

  const isFollowing = ref(true);
  const view = new DiagramView((next) => (isFollowing.value = next));
  const hovered = shallowRef<DiagramItem | null>(null);
  const causeItem = shallowRef<DiagramItem | null>(null);
  /** Rises when what is in the picture has changed, at most a few times a second: for what is told in words. */
  const tick = ref(0);

  const allNodes = computed<readonly NodeId[]>(() => {
    void tick.value;
    const known = new Set([...cluster.nodes.map(({ id }) => id), ...diagram.currentHistory().nodes]);
    return [...known].toSorted((one, other) => one - other);
  });
  const shownNodes = computed(() => allNodes.value.filter((node) => !diagram.hiddenNodes.has(node)));
  const layout = computed(() => layoutOf(width.value, height.value, shownNodes.value));
  const highlight = computed(() => highlightOf(selection.selection));
  const hiddenKinds = computed(() => new Set(diagram.hiddenKinds));

  function nowNs(): number {
    const { endNs } = diagram.held;
    return Math.min(Math.max(connection.nowNs(), endNs), endNs + presentNs);
  }

  function causes(): Causes | null {
    const item = causeItem.value;
    if (!item || item.kind === 'request') return null;
    const edges: Edge[] = [];
    const reachNs = causesReach * view.view.spanNs;
    diagram.model.eachEdge(view.view.fromNs - reachNs, toNs(view.view) + reachNs, (edge) => edges.push(edge));
    if (item.kind === 'mark') return causesOf(item.mark.node, item.mark.timeNs, edges);
    const { from, sendNs, to, endNs, fate } = item.edge;
    const { past } = causesOf(from, sendNs, edges);
    return { past, future: fate === 'arrived' ? causesOf(to, endNs, edges).future : new Map() };
  }

  function sceneNow(): Scene {
    return {
      view: view.view,
      layout: layout.value,
      model: diagram.model,
      history: diagram.currentHistory(),
      seconds: diagram.loader.coverage === 'seconds' ? diagram.loader.seconds : null,
      hiddenKinds: hiddenKinds.value,
      nowNs: nowNs(),
      playheadNs: playhead.isLive ? null : playhead.nowNs(),
      highlight: highlight.value,
      hovered: hovered.value,
      causes: causes(),
    };
  }

  return {
    view,
    isFollowing,
    hovered,
    causeItem,
    tick,
    allNodes,
    shownNodes,
    layout,
    highlight,
    hiddenKinds,
    nowNs,
    sceneNow,
  };
}
