/** A canvas that is painted at most once a frame, at the screen's own resolution, and only when something was said to have changed. */
import { onScopeDispose, watch, type Ref } from 'vue';

export interface CanvasSize {
  /** CSS pixels. */
  readonly width: number;
  readonly height: number;
}

/**
 * @param size of the canvas; nothing is painted while it is empty
 * @param paint gets a context that is scaled to CSS pixels; reactive things that it reads are not followed: `seen` is
 * @param seen what the picture is made of: painted anew when any of it is another
 */
export function useCanvas(
  canvas: Readonly<Ref<HTMLCanvasElement | null>>,
  size: () => CanvasSize,
  paint: (context: CanvasRenderingContext2D) => void,
  seen: () => readonly unknown[],
): void {
  let frame = 0;

  function paintNow(): void {
    frame = 0;
    const element = canvas.value;
    const { width, height } = size();
    if (!element || width < 1 || height < 1) return;
    const scale = globalThis.devicePixelRatio || 1;
    const [wide, high] = [Math.round(width * scale), Math.round(height * scale)];
    if (element.width !== wide) element.width = wide;
    if (element.height !== high) element.height = high;
    const context = element.getContext('2d');
    if (!context) return;
    context.setTransform(scale, 0, 0, scale, 0, 0);
    paint(context);
  }

  function ask(): void {
    frame ||= requestAnimationFrame(paintNow);
  }

  watch([canvas, size, seen], ask, { immediate: true, flush: 'post' });
  onScopeDispose(() => cancelAnimationFrame(frame));
}
