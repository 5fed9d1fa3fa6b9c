/** Paints the diagram: once per animation frame at most, only while it is on screen and something in it has changed. */
import { useRafFn } from '@vueuse/core';
import { onMounted, onScopeDispose, shallowRef, watch, type ShallowRef } from 'vue';
import { useDiagramStore } from '../../stores/diagram.ts';
import { usePlayheadStore } from '../../stores/playhead.ts';
import { useSettingsStore } from '../../stores/settings.ts';
import { readColours, type DiagramColours } from './diagram-colours.ts';
import { paintScene } from './paint-scene.ts';
import { contentsOfScene, type Scene, type SceneContents } from './scene.ts';
import { toNs } from './time-scale.ts';
import { useDiagramScene } from './use-diagram-scene.ts';

/** A picture that only time has changed, and that takes long, is painted at this distance. */
const slowPictureMs = 5;
const slowEveryMs = 66;
/** How often it is told in words what is seen. */
const tellEveryMs = 250;
/** Smaller than this nothing can be seen. */
const sizeMin = 10;

export type DiagramPicture = ReturnType<typeof useDiagramPicture>;

export function useDiagramPicture(
  host: Readonly<ShallowRef<HTMLElement | null>>,
  canvas: Readonly<ShallowRef<HTMLCanvasElement | null>>,
) {
  const diagram = useDiagramStore();
  const playhead = usePlayheadStore();
  const settings = useSettingsStore();
  const source = useDiagramScene(host);
  const { view, layout, highlight, hiddenKinds, hovered, causeItem, tick } = source;
  /** Pixels that are being chosen, to zoom into. */
  const chosenSpan = shallowRef<readonly [number, number] | null>(null);

  let colours: DiagramColours | undefined;
  let scene: Scene | undefined;
  let contents: SceneContents = { edges: [], density: null, marks: [], requests: [] };
  let isStale = true;
  let paintedVersion = -1;
  let paintedAtMs = 0;
  let toldAtMs = -Infinity;
  let costMs = 0;

  function touch(): void {
    isStale = true;
  }

  /** Time goes on. @returns whether there is anything new to see */
  function advance(atMs: number): boolean {
    const end = source.nowNs();
    view.setBounds(diagram.held.startNs, end);
    if (isStale) return true;
    const isChanged = diagram.model.version !== paintedVersion;
    const isNowInView = end <= toNs(view.view) && view.view.fromNs <= end;
    const isPlaying = !playhead.isLive && playhead.nowNs() !== scene?.playheadNs;
    if (!isNowInView && !isChanged && !isPlaying) return false;
    return costMs < slowPictureMs || atMs - paintedAtMs >= slowEveryMs;
  }

  function paint(atMs: number): void {
    const context = canvas.value?.getContext('2d');
    const { width, height } = layout.value;
    if (!context || !host.value || width < sizeMin || height < sizeMin) return;
    colours ??= readColours(host.value);
    const ratio = sizeCanvas(context.canvas, width, height);
    diagram.loader.see(view.view.fromNs, toNs(view.view));
    scene = source.sceneNow();
    contents = contentsOfScene(scene);
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    paintScene(context, scene, contents, colours, chosenSpan.value);
    isStale = false;
    paintedVersion = diagram.model.version;
    paintedAtMs = atMs;
    if (atMs - toldAtMs < tellEveryMs) return;
    toldAtMs = atMs;
    tick.value += 1;
  }

  function forgetColours(): void {
    colours = undefined;
    touch();
  }

  function beginAnew(): void {
    causeItem.value = null;
    hovered.value = null;
    view.follow();
    touch();
  }

  useRafFn(({ timestamp }) => {
    if (!host.value?.offsetParent || !advance(timestamp)) return;
    const startMs = performance.now();
    paint(timestamp);
    costMs = performance.now() - startMs;
  });
  const shown = [layout, highlight, hiddenKinds, hovered, causeItem, chosenSpan];
  watch([...shown, () => diagram.coverage, () => playhead.mode], touch);
  watch(() => settings.shownTheme, forgetColours, { flush: 'post' });
  watch(() => diagram.stream, beginAnew);
  let unwatch = (): void => {};
  onMounted(() => (unwatch = diagram.watch()));
  onScopeDispose(() => unwatch());

  return { ...source, chosenSpan, touch, scene: () => scene, contents: () => contents };
}

/** As many pixels as the screen has. @returns how many there are to one of the page */
function sizeCanvas(canvas: HTMLCanvasElement, width: number, height: number): number {
  const ratio = Math.min(window.devicePixelRatio || 1, 2);
  const [wide, high] = [Math.round(width * ratio), Math.round(height * ratio)];
  if (canvas.width !== wide) canvas.width = wide;
  if (canvas.height !== high) canvas.height = high;
  return ratio;
}
