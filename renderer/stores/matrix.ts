/** What the log matrix shows of the logs: it outlives the pane, which is mounted only while it is in front. */
import { defineStore } from 'pinia';
import { shallowRef } from 'vue';
import type { NodeId } from '../../shared/ids.ts';
import { startWindow, type MatrixWindow } from '../components/matrix/matrix-window.ts';

/** The cell of the keyboard. */
export interface MatrixCursor {
  readonly node: NodeId;
  readonly index: number;
}

export const useMatrixStore = defineStore('matrix', () => {
  const window = shallowRef<MatrixWindow>(startWindow);
  const cursor = shallowRef<MatrixCursor | null>(null);
  return { window, cursor };
});
