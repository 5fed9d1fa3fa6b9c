/**
 * The window onto the logs and the keyboard's cell in it: where they stand, and what moves them. They outlast the pane, in its store.
 */
import { computed, watch, type Ref } from 'vue';
import { assertNever } from '../../../shared/assert.ts';
import { firstDifference } from '../../../shared/projection/log-cell.ts';
import { useMatrixStore } from '../../stores/matrix.ts';
import { useSelectionStore } from '../../stores/selection.ts';
import type { MatrixKeyAction } from './matrix-keys.ts';
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
} from './matrix-window.ts';
import { rulerHeight } from './paint-matrix.ts';

interface MatrixWindowOptions {
  readonly rows: () => MatrixRows;
  /** Of the area, pixels. */
  readonly width: Readonly<Ref<number>>;
  readonly height: Readonly<Ref<number>>;
  /** The details of the keyboard's cell are asked for. */
  readonly open: () => void;
}

export function useMatrixWindow({ rows, width, height, open }: MatrixWindowOptions) {
  const store = useMatrixStore();
  const selection = useSelectionStore();

  const space = computed<MatrixSpace>(() => ({
    width: width.value,
    height: Math.max(0, height.value - rulerHeight),
    rowCount: rows().rows.length,
    lastIndex: rows().lastIndex,
  }));
  /** Where the window is, now that logs and room are as they are. */
  const shown = computed(() => fitted(store.window, space.value));
  const cursor = computed<MatrixPlace | undefined>(() => {
    const at = store.cursor;
    const row = at ? rows().rows.findIndex(({ id }) => id === at.node) : -1;
    return at && row >= 0 ? { row, index: Math.min(at.index, rows().lastIndex) } : undefined;
  });

  /** Puts the keyboard's cell there, makes it visible and selects the entry. */
  function moveTo(place: MatrixPlace): void {
    const row = Math.min(Math.max(0, place.row), rows().rows.length - 1);
    const index = Math.min(Math.max(1, place.index), rows().lastIndex);
    const node = rows().rows[row]?.id;
    if (node === undefined || rows().lastIndex === 0) return;
    store.cursor = { node, index };
    store.window = revealing(shown.value, space.value, { row, index });
    if (selection.entryIndex !== index) selection.select({ kind: 'entry', index });
  }

  /** The row that the keyboard is on, or that of the log that the others are compared with. */
  function rowOfInterest(): number {
    return (
      cursor.value?.row ??
      Math.max(
        0,
        rows().rows.findIndex((row) => row === rows().reference),
      )
    );
  }

  function jumpTo(index: number): void {
    moveTo({ row: rowOfInterest(), index });
  }

  function toCommit(): void {
    const commit = rows().reference?.log.commitIndex ?? 0;
    if (commit > 0) jumpTo(commit);
  }

  /** True when there is one. */
  function toDifference(): boolean {
    const index = firstDifference(rows().rows.map(({ log }) => log));
    if (index === undefined) return false;
    jumpTo(index);
    return true;
  }

  function follow(): void {
    store.window = following(shown.value, space.value);
  }

  function zoom(step: 1 | -1, x = space.value.width / 2): void {
    store.window = zoomed(shown.value, space.value, nextZoom(shown.value.cellWidth, step), x);
  }

  /** All of the logs in the window. */
  function showWhole(): void {
    const cellWidth = Math.min(shown.value.cellWidth, (space.value.width - 12) / Math.max(1, rows().lastIndex));
    store.window = zoomed(shown.value, space.value, cellWidth, 0);
  }

  /** The index in the middle of the window comes to stand there. */
  function moveMiddle(index: number): void {
    const left = index * shown.value.cellWidth - space.value.width / 2;
    store.window = movedBy(shown.value, space.value, left - shown.value.left, 0);
  }

  function turned(event: WheelEvent): void {
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault();
      zoom(event.deltaY < 0 ? 1 : -1, event.offsetX);
      return;
    }
    const sideways = event.shiftKey || topMax(space.value) === 0;
    const byX = event.deltaX + (sideways ? event.deltaY : 0);
    const next = movedBy(shown.value, space.value, byX, sideways ? 0 : event.deltaY);
    if (next === shown.value) return;
    event.preventDefault();
    store.window = next;
  }
  function act(action: MatrixKeyAction): void {
    const { from, to } = inSight(shown.value, space.value);
    const at = cursor.value ?? { row: rowOfInterest(), index: to + 1 };
    switch (action.kind) {
      case 'move':
        return moveTo(
          cursor.value ? { row: at.row + action.rows, index: at.index + action.indexes } : { ...at, index: to },
        );
      case 'page':
        return moveTo({ row: at.row, index: at.index + action.step * Math.max(1, to - from - 1) });
      case 'edge':
        moveTo({ row: at.row, index: action.edge === 'first' ? 1 : rows().lastIndex });
        if (action.edge === 'last') follow();
        return;
      case 'zoom':
        return zoom(action.step);
      case 'commit':
        return toCommit();
      case 'difference':
        return void toDifference();
      case 'open':
        return open();
      case 'leave':
        store.cursor = null;
        return;
      default:
        assertNever(action, 'matrix key');
    }
  }

  /** Another pane has selected an entry: it comes into sight. */
  watch(
    () => selection.entryIndex,
    (index) => {
      if (index !== null && index !== cursor.value?.index && index <= rows().lastIndex) jumpTo(index);
    },
  );

  function moveBy(x: number, y: number): void {
    store.window = movedBy(shown.value, space.value, x, y);
  }

  return {
    space,
    shown,
    cursor,
    moveTo,
    moveBy,
    moveMiddle,
    jumpTo,
    toCommit,
    toDifference,
    follow,
    zoom,
    showWhole,
    turned,
    act,
  };
}
