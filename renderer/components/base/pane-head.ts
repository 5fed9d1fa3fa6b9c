/** What a pane puts into the head of the region that it stands in, where a tab has its title. */
import type { InjectionKey, Ref, ShallowRef } from 'vue';

export interface PaneHead {
  /** Where its tools go; null until the head is there. */
  readonly tools: Readonly<ShallowRef<HTMLElement | null>>;
  /** Shown beside its title. */
  readonly count: Ref<string | number | undefined>;
}

export const paneHeadKey: InjectionKey<PaneHead> = Symbol('pane head');
