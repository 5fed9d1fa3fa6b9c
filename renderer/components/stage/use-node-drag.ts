/** Dragging a node on the stage with mouse, pen or finger. A short move is still a click; Escape lets go without effect. */
import { useEventListener } from '@vueuse/core';
import { shallowRef, type ShallowRef } from 'vue';
import type { NodeId } from '../../../shared/ids.ts';
import type { DragOnStage, DropTarget } from './group-drag.ts';
import { dropTargetOf } from './group-drag.ts';
import type { Point } from './ring-layout.ts';

export interface NodeDrag {
  readonly node: NodeId;
  readonly at: Point;
  readonly target: DropTarget | undefined;
}

export interface NodeDragOptions {
  /** The element in whose pixels places are. */
  readonly stage: () => Element | null | undefined;
  readonly scene: () => Omit<DragOnStage, 'node' | 'from' | 'at'>;
  /** False: nodes stay where they are. */
  readonly isOn: () => boolean;
  readonly drop: (node: NodeId, target: DropTarget) => void;
}

const movesFrom = 6;

export function useNodeDrag(options: NodeDragOptions): {
  readonly drag: ShallowRef<NodeDrag | null>;
  grab(node: NodeId, event: PointerEvent): void;
} {
  const drag = shallowRef<NodeDrag | null>(null);
  let held: { readonly node: NodeId; readonly pointer: number; readonly from: Point } | null = null;

  function placeOf({ clientX, clientY }: PointerEvent): Point {
    const box = options.stage()?.getBoundingClientRect();
    return { x: clientX - (box?.left ?? 0), y: clientY - (box?.top ?? 0) };
  }

  function letGo(): void {
    held = null;
    drag.value = null;
  }

  /** The click that ends a drag opens nothing. */
  function swallowClick(): void {
    const stop = (event: Event): void => event.stopPropagation();
    window.addEventListener('click', stop, { capture: true, once: true });
    setTimeout(() => window.removeEventListener('click', stop, { capture: true }), 0);
  }

  useEventListener(window, 'pointermove', (event: PointerEvent) => {
    if (!held || event.pointerId !== held.pointer) return;
    const at = placeOf(event);
    const { node, from } = held;
    if (!drag.value && Math.hypot(at.x - from.x, at.y - from.y) < movesFrom) return;
    drag.value = { node, at, target: dropTargetOf({ ...options.scene(), node, from, at }) };
  });
  useEventListener(window, 'pointerup', (event: PointerEvent) => {
    if (!held || event.pointerId !== held.pointer) return;
    const ended = drag.value;
    letGo();
    if (!ended) return;
    swallowClick();
    if (ended.target) options.drop(ended.node, ended.target);
  });
  useEventListener(window, 'pointercancel', letGo);
  useEventListener(
    window,
    'keydown',
    (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || !drag.value) return;
      event.stopPropagation();
      letGo();
      // The button is still down.
      window.addEventListener('pointerup', swallowClick, { once: true });
    },
    { capture: true },
  );

  return {
    drag,
    grab(node, event) {
      if (event.button !== 0 || !options.isOn()) return;
      held = { node, pointer: event.pointerId, from: placeOf(event) };
    },
  };
}
