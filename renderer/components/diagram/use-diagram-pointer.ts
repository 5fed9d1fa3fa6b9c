/** Mouse, pen and fingers upon the diagram: the wheel and two fingers zoom, dragging moves, the axis chooses a span or a moment. */
import { useEventListener } from '@vueuse/core';
import type { ShallowRef } from 'vue';
import { axisHeight, laneAt } from './diagram-layout.ts';
import { itemAt, sameItem } from './find-item.ts';
import type { DiagramItem } from './scene.ts';
import { timeAt } from './time-scale.ts';
import type { DiagramPicture } from './use-diagram-picture.ts';

/** A pointer that moves less than this has clicked. */
const clickPixels = 4;
/** Of one notch of a usual wheel. */
const zoomPerPixel = 1.0022;

interface Hold {
  x: number;
  readonly startX: number;
  readonly startY: number;
  /** It chooses a span. */
  readonly isSpan: boolean;
  isDrag: boolean;
}

export interface PointerTarget {
  /** Something was clicked; null: a place where nothing is. */
  onChoose(item: DiagramItem | null, node: number | undefined): void;
  /** A moment on the axis was clicked. */
  onMoment(timeNs: number): void;
}

export function useDiagramPointer(
  host: Readonly<ShallowRef<HTMLElement | null>>,
  picture: DiagramPicture,
  target: PointerTarget,
): void {
  const { view } = picture;
  const holds = new Map<number, Hold>();

  function placeOf(event: MouseEvent): { readonly x: number; readonly y: number } {
    const box = host.value?.getBoundingClientRect();
    return { x: event.clientX - (box?.left ?? 0), y: event.clientY - (box?.top ?? 0) };
  }

  const timeOf = (x: number): number => timeAt(view.view, picture.layout.value.width, x);

  function find(x: number, y: number): DiagramItem | null {
    const scene = picture.scene();
    return scene && y > axisHeight ? itemAt(scene, picture.contents(), x, y) : null;
  }

  function wheel(event: WheelEvent): void {
    event.preventDefault();
    const unit = event.deltaMode === 1 ? 16 : 1;
    const isPan = event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY);
    const along = (event.deltaX || event.deltaY) * unit;
    const { width } = picture.layout.value;
    if (isPan) view.pan((along / Math.max(1, width)) * view.view.spanNs);
    // A pinch on a touchpad comes as a wheel with Ctrl, in small steps.
    else view.zoom(zoomPerPixel ** (event.deltaY * unit * (event.ctrlKey ? 5 : 1)), timeOf(placeOf(event).x));
    picture.touch();
  }

  function down(event: PointerEvent): void {
    if (event.button !== 0) return;
    const { x, y } = placeOf(event);
    holds.set(event.pointerId, { x, startX: x, startY: y, isSpan: y <= axisHeight || event.shiftKey, isDrag: false });
    host.value?.setPointerCapture(event.pointerId);
  }

  function move(event: PointerEvent): void {
    const { x, y } = placeOf(event);
    const hold = holds.get(event.pointerId);
    if (!hold) {
      const item = find(x, y);
      if (!sameItem(item, picture.hovered.value)) picture.hovered.value = item;
      return;
    }
    if (!hold.isDrag && Math.abs(x - hold.startX) < clickPixels) return;
    hold.isDrag = true;
    picture.hovered.value = null;
    if (holds.size === 2) pinch(event.pointerId, x);
    else if (hold.isSpan) picture.chosenSpan.value = [hold.startX, x];
    else view.pan(((hold.x - x) / Math.max(1, picture.layout.value.width)) * view.view.spanNs);
    hold.x = x;
    picture.touch();
  }

  /** The other finger stands still for this moment. */
  function pinch(pointerId: number, x: number): void {
    const [other] = [...holds].filter(([id]) => id !== pointerId).map(([, hold]) => hold);
    const moved = holds.get(pointerId);
    if (!other || !moved) return;
    const before = Math.max(10, Math.abs(moved.x - other.x));
    view.zoom(before / Math.max(10, Math.abs(x - other.x)), timeOf(other.x));
  }

  function up(event: PointerEvent): void {
    const hold = holds.get(event.pointerId);
    if (!hold) return;
    holds.delete(event.pointerId);
    picture.chosenSpan.value = null;
    const { x, y } = placeOf(event);
    if (hold.isDrag) {
      if (hold.isSpan) view.showSpan(timeOf(hold.startX), timeOf(x));
    } else if (y <= axisHeight) target.onMoment(timeOf(x));
    else target.onChoose(find(x, y), laneAt(picture.layout.value, y));
    picture.touch();
  }

  function cancel(event: PointerEvent): void {
    holds.delete(event.pointerId);
    picture.chosenSpan.value = null;
  }

  useEventListener(host, 'wheel', wheel, { passive: false });
  useEventListener(host, 'pointerdown', down);
  useEventListener(host, 'pointermove', move);
  useEventListener(host, 'pointerup', up);
  useEventListener(host, 'pointercancel', cancel);
  useEventListener(host, 'pointerleave', () => (picture.hovered.value = null));
  useEventListener(host, 'dblclick', (event: MouseEvent) => {
    view.stay();
    view.zoom(0.4, timeOf(placeOf(event).x));
    picture.touch();
  });
}
