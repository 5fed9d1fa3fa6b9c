/**
 * A `LogViewport` that lives as long as its component: made when mounted, told of its size, rendered when lines change.
 */
import { useResizeObserver } from '@vueuse/core';
import { onBeforeUnmount, onMounted, ref, watch, type Ref } from 'vue';
import type { LogLines } from '../../stores/log-lines.ts';
import type { RowShape } from './log-row.ts';
import { LogViewport, type RowLook } from './log-viewport.ts';

/** Matches --row-log where the style sheet is not loaded. */
const defaultRowHeight = 20;

export interface LogViewportSource {
  readonly scroller: Readonly<Ref<HTMLElement | null>>;
  readonly canvas: Readonly<Ref<HTMLElement | null>>;
  readonly shape: RowShape;
  readonly look: RowLook;
  readonly lines: () => LogLines;
  /** Rises when the lines have changed. */
  readonly tick: () => number;
  /** The list has another height. */
  readonly resized: () => void;
  /** Rows were filled. */
  readonly rendered: (viewport: LogViewport) => void;
}

export interface LogViewportHandle {
  readonly isFollowing: Readonly<Ref<boolean>>;
  /** Does something with the viewport, once there is one, and takes over whether it follows. */
  readonly use: (act: (viewport: LogViewport) => void) => void;
}

export function useLogViewport(source: LogViewportSource): LogViewportHandle {
  const isFollowing = ref(true);
  let viewport: LogViewport | undefined;

  function use(act: (viewport: LogViewport) => void): void {
    if (!viewport) return;
    act(viewport);
    isFollowing.value = viewport.isFollowing;
    source.rendered(viewport);
  }

  onMounted(() => {
    const scroller = source.scroller.value;
    const canvas = source.canvas.value;
    if (!scroller || !canvas) return;
    const rowHeight = Number.parseFloat(getComputedStyle(scroller).getPropertyValue('--row-log'));
    viewport = new LogViewport(scroller, canvas, source.shape, source.look, rowHeight || defaultRowHeight);
    viewport.setHeight(scroller.clientHeight);
    viewport.setLines(source.lines());
  });
  onBeforeUnmount(() => viewport?.setLines(undefined));
  useResizeObserver(source.scroller, () => {
    use((list) => list.setHeight(source.scroller.value?.clientHeight ?? 0));
    source.resized();
  });
  watch(source.lines, (lines) => use((list) => list.setLines(lines)));
  watch(source.tick, () => use((list) => list.render()));

  return { isFollowing, use };
}
