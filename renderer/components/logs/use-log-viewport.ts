/**
 * A `LogViewport` that lives as long as its component: made when mounted, told of its size, rendered when lines change, once per animation frame.
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
  /** Of the animation frame in which it is rendered; 0: none was asked for. */
  let frame = 0;

  function use(act: (viewport: LogViewport) => void): void {
    if (!viewport) return;
    act(viewport);
    isFollowing.value = viewport.isFollowing;
    source.rendered(viewport);
  }

  /** Lines come in several messages a frame, and each rendering moves the list, which has it laid out. */
  function renderSoon(): void {
    if (frame !== 0) return;
    frame = requestAnimationFrame(() => {
      frame = 0;
      use((list) => list.render());
    });
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
  onBeforeUnmount(() => {
    cancelAnimationFrame(frame);
    viewport?.setLines(undefined);
  });
  useResizeObserver(source.scroller, () => {
    use((list) => list.setHeight(source.scroller.value?.clientHeight ?? 0));
    source.resized();
  });
  watch(source.lines, (lines) => use((list) => list.setLines(lines)));
  watch(source.tick, renderSoon);

  return { isFollowing, use };
}
