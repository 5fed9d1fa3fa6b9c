/** The menu of a region: which pane it is about, where it opens, what it does, and where the focus goes after it. */
import { nextTick, ref, shallowRef, type Ref } from 'vue';
import { tabId } from '../composables/use-focus-pane.ts';
import { useWorkspaceStore, type PaneId, type RegionId } from '../stores/workspace.ts';
import type { RegionAct } from './region-menu.ts';

export interface RegionMenu {
  readonly isOpen: Ref<boolean>;
  /** Undefined until it is opened for the first time; `x` and `y` are pixels from the corner of the region's head. */
  readonly about: Readonly<Ref<{ readonly id: PaneId; readonly x: number; readonly y: number } | undefined>>;
  /** @param from has the focus back afterwards */
  open(id: PaneId, from: HTMLElement, at: { clientX: number; clientY: number }): void;
  choose(act: RegionAct): void;
  returnFocus(): Promise<void>;
}

export function useRegionMenu(name: () => RegionId, head: Readonly<Ref<HTMLElement | null>>): RegionMenu {
  const workspace = useWorkspaceStore();
  const about = shallowRef<RegionMenu['about']['value']>();
  const isOpen = ref(false);
  let openedFrom: HTMLElement | undefined;

  return {
    isOpen,
    about,
    open(id, from, at) {
      const box = head.value?.getBoundingClientRect();
      about.value = { id, x: at.clientX - (box?.left ?? 0), y: at.clientY - (box?.top ?? 0) };
      openedFrom = from;
      isOpen.value = true;
    },
    choose(act) {
      const id = about.value?.id;
      if (id === undefined) return;
      if (act === 'maximise') {
        workspace.show(id);
        workspace.toggleMaximised(name());
      } else if (act === 'hide') workspace.hide(id);
      else workspace.move(id, act);
    },
    /** Back to where it was opened, or to the pane's tab where that stands now. */
    async returnFocus() {
      await nextTick();
      if (openedFrom?.isConnected) openedFrom.focus();
      else if (about.value) document.getElementById(tabId(about.value.id))?.focus();
    },
  };
}
