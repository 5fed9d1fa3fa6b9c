/** What the person points at. There is one selection for the whole page: every pane shows it in its own way. */
import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import type { BootId, NodeId } from '../../shared/ids.ts';

export type Selection =
  | { readonly kind: 'node'; readonly node: NodeId }
  /** The pair of nodes that a line joins, smaller id first; both directions. */
  | { readonly kind: 'link'; readonly pair: readonly [NodeId, NodeId] }
  /** A place in the log, on every node. */
  | { readonly kind: 'entry'; readonly index: number }
  /** A datagram, as both its ends name it (`shared/net-event.ts`). */
  | {
      readonly kind: 'datagram';
      readonly from: NodeId;
      readonly fromBoot: BootId;
      readonly to: NodeId;
      readonly datagram: number;
    }
  | { readonly kind: 'request'; readonly requestId: string }
  /** An event, by its position in the stream. */
  | { readonly kind: 'event'; readonly position: number };

export const useSelectionStore = defineStore('selection', () => {
  const selection = shallowRef<Selection | null>(null);

  /** The selected node, or null when something else or nothing is selected. */
  const node = computed(() => (selection.value?.kind === 'node' ? selection.value.node : null));
  const entryIndex = computed(() => (selection.value?.kind === 'entry' ? selection.value.index : null));

  function select(next: Selection | null): void {
    selection.value = next;
  }
  function selectNode(id: NodeId | null): void {
    selection.value = id === null ? null : { kind: 'node', node: id };
  }

  return { selection, node, entryIndex, select, selectNode };
});
