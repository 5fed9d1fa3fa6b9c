/** Tells a click from a drag: what moves further than a trembling hand is one. */

export interface Drag {
  start(event: PointerEvent): void;
  move(event: PointerEvent): void;
  end(event: PointerEvent): void;
}

const tremblePx = 4;

export function useDrag(options: {
  /** By how many pixels since the last time. */
  readonly onMove: (byX: number, byY: number) => void;
  readonly onClick: (event: PointerEvent) => void;
}): Drag {
  let from: { x: number; y: number } | undefined;
  let isDragging = false;

  function start(event: PointerEvent): void {
    if (event.button !== 0) return;
    from = { x: event.clientX, y: event.clientY };
    isDragging = false;
  }

  function move(event: PointerEvent): void {
    if (!from) return;
    const [byX, byY] = [event.clientX - from.x, event.clientY - from.y];
    if (!isDragging && Math.hypot(byX, byY) < tremblePx) return;
    if (!isDragging && event.currentTarget instanceof Element) event.currentTarget.setPointerCapture(event.pointerId);
    isDragging = true;
    from = { x: event.clientX, y: event.clientY };
    options.onMove(byX, byY);
  }

  function end(event: PointerEvent): void {
    if (from && !isDragging && event.type === 'pointerup') options.onClick(event);
    from = undefined;
    isDragging = false;
  }

  return { start, move, end };
}
