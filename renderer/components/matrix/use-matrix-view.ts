/** The window onto the logs and the cell of the keyboard: where they are, and everything that moves them. */
import { computed, watch, type ComputedRef } from 'vue';
import { firstDifference } from '../../../shared/projection/log-cell.ts';
import { useMatrixStore } from '../../stores/matrix.ts';
import { useSelectionStore } from '../../stores/selection.ts';
import type { CanvasSize } from '../../composables/use-canvas.ts';
import type { MatrixRows } from './matrix-rows.ts';
import {
  fitted,
  following,
  inSight,
  movedBy,
  nextZoom,
  revealing,
  topMax,
  zoomed,
  type MatrixPlace,
  type MatrixSpace,
  type MatrixWindow,
} from './matrix-window.ts';

export interface MatrixView {
  readonly space: ComputedRef<MatrixSpace>;
  /** Where the window is, now that logs and room are as they are. */
  readonly shown: ComputedRef<MatrixWindow>;
  readonly cursor: ComputedRef<MatrixPlace | undefined>;
  /** Puts the keyboard's cell there, makes it visible and selects the entry. */
  moveTo(place: MatrixPlace): void;
  /** From where the cell is; without one it comes to the last entry in sight. */
  moveBy(rows: number, indexes: number): void;
  movePage(step: 1 | -1): void;
  moveToEdge(edge: 'first' | 'last'): void;
  jumpTo(index: number): void;
  toCommit(): void;
  /** True when there is one. */
  toDifference(): boolean;
  follow(): void;
  /** One step larger or smaller, about a point of the window; by default its middle. */
  zoom(step: 1 | -1, x?: number): void;
  /** All of the logs in the window. */
  showWhole(): void;
  /** The index comes to stand in the middle. */
  moveMiddle(index: number): void;
  pan(byX: number, byY: number): void;
  turn(event: WheelEvent): void;
}

export function useMatrixView(rowsOf: () => MatrixRows, room: () => CanvasSize): MatrixView {
  const store = useMatrixStore();
  const selection = useSelectionStore();

  const space = computed<MatrixSpace>(() => {
    const { rows, lastIndex } = rowsOf();
    return { ...room(), rowCount: rows.length, lastIndex };
  });
  const shown = computed(() => fitted(store.window, space.value));
  const cursor = computed<MatrixPlace | undefined>(() => {
    const { rows, lastIndex } = rowsOf();
    const at = store.cursor;
    const row = at ? rows.findIndex(({ id }) => id === at.node) : -1;
    return at && row >= 0 ? { row, index: Math.min(at.index, lastIndex) } : undefined;
  });

  function moveTo(place: MatrixPlace): void {
    const { rows, lastIndex } = rowsOf();
    const row = Math.min(Math.max(0, place.row), rows.length - 1);
    const index = Math.min(Math.max(1, place.index), lastIndex);
    const node = rows[row]?.id;
    if (node === undefined || lastIndex === 0) return;
    store.cursor = { node, index };
    store.window = revealing(shown.value, space.value, { row, index });
    if (selection.entryIndex !== index) selection.select({ kind: 'entry', index });
  }

  /** The row that the keyboard is on, or that of the log that the others are compared with. */
  function rowOfInterest(): number {
    const { rows, reference } = rowsOf();
    return (
      cursor.value?.row ??
      Math.max(
        0,
        rows.findIndex((row) => row === reference),
      )
    );
  }

  function moveBy(rows: number, indexes: number): void {
    const at = cursor.value;
    if (at) moveTo({ row: at.row + rows, index: at.index + indexes });
    else jumpTo(inSight(shown.value, space.value).to);
  }

  function movePage(step: 1 | -1): void {
    const { from, to } = inSight(shown.value, space.value);
    jumpTo((cursor.value?.index ?? to) + step * Math.max(1, to - from - 1));
  }

  function moveToEdge(edge: 'first' | 'last'): void {
    jumpTo(edge === 'first' ? 1 : rowsOf().lastIndex);
    if (edge === 'last') follow();
  }

  function jumpTo(index: number): void {
    moveTo({ row: rowOfInterest(), index });
  }

  function toCommit(): void {
    const commit = rowsOf().reference?.log.commitIndex ?? 0;
    if (commit > 0) jumpTo(commit);
  }

  function toDifference(): boolean {
    const index = firstDifference(rowsOf().rows.map(({ log }) => log));
    if (index !== undefined) jumpTo(index);
    return index !== undefined;
  }

  function follow(): void {
    store.window = following(shown.value, space.value);
  }

  function zoom(step: 1 | -1, x = space.value.width / 2): void {
    store.window = zoomed(shown.value, space.value, nextZoom(shown.value.cellWidth, step), x);
  }

  function showWhole(): void {
    const whole = (space.value.width - 12) / Math.max(1, space.value.lastIndex);
    store.window = zoomed(shown.value, space.value, Math.min(shown.value.cellWidth, whole), 0);
  }

  function pan(byX: number, byY: number): void {
    store.window = movedBy(shown.value, space.value, byX, byY);
  }

  function moveMiddle(index: number): void {
    pan(index * shown.value.cellWidth - space.value.width / 2 - shown.value.left, 0);
  }

  function turn(event: WheelEvent): void {
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault();
      zoom(event.deltaY < 0 ? 1 : -1, event.offsetX);
      return;
    }
    // With every row in sight there is nowhere to go but along the logs.
    const isAlong = event.shiftKey || topMax(space.value) === 0;
    const before = shown.value;
    pan(event.deltaX + (isAlong ? event.deltaY : 0), isAlong ? 0 : event.deltaY);
    if (shown.value !== before) event.preventDefault();
  }

  /** Another pane has selected an entry: it comes into sight. */
  watch(
    () => selection.entryIndex,
    (index) => {
      if (index !== null && index !== cursor.value?.index && index <= rowsOf().lastIndex) jumpTo(index);
    },
  );

  const moves = { moveTo, moveBy, movePage, moveToEdge, jumpTo, toCommit, toDifference };
  return { space, shown, cursor, ...moves, follow, zoom, showWhole, moveMiddle, pan, turn };
}
