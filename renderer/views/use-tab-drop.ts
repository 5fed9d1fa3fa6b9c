/** Takes a tab that is dragged onto a region: before the tab under the pointer, otherwise as the last one. */
import { ref, type Ref } from 'vue';
import { tabId } from '../composables/use-focus-pane.ts';
import { paneIds, useWorkspaceStore, type PaneId, type RegionId } from '../stores/workspace.ts';
import { placeBefore } from './shown-region.ts';

export interface TabDrop {
  /** A tab is held over it. */
  readonly isOver: Readonly<Ref<boolean>>;
  /** For `v-on`. */
  readonly on: Readonly<Record<'dragover' | 'dragleave' | 'drop', (event: DragEvent) => void>>;
}

export function useTabDrop(name: () => RegionId): TabDrop {
  const workspace = useWorkspaceStore();
  const isOver = ref(false);

  function dragover(event: DragEvent): void {
    if (workspace.dragged === null) return;
    event.preventDefault();
    isOver.value = true;
  }

  function dragleave(event: DragEvent): void {
    const to = event.relatedTarget;
    const within = event.currentTarget;
    if (!(within instanceof Node && to instanceof Node && within.contains(to))) isOver.value = false;
  }

  function drop(event: DragEvent): void {
    isOver.value = false;
    const moved = workspace.dragged;
    if (moved === null) return;
    event.preventDefault();
    workspace.dragged = null;
    workspace.move(moved, name(), placeBefore(workspace.arrangement[name()], moved, tabAt(event)));
  }

  return { isOver, on: { dragover, dragleave, drop } };
}

/** The pane before whose tab a drop lands: the tab under the pointer, or the next one when it is over its second half. */
function tabAt(event: DragEvent): PaneId | undefined {
  const tab = event.target instanceof Element ? event.target.closest<HTMLElement>('[role="tab"]') : null;
  if (!tab) return undefined;
  const box = tab.getBoundingClientRect();
  const before = event.clientX < box.left + box.width / 2 ? tab : tab.nextElementSibling;
  return paneIds.find((id) => before?.id === tabId(id));
}
