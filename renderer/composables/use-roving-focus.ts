/** One Tab stop for a group, arrow keys inside it (WAI-ARIA roving tabindex). */
import { computed, ref, type ComputedRef } from 'vue';

export interface Focusable {
  focus(): void;
}

export interface RovingFocus {
  /** Position of the member that Tab comes to. */
  readonly tabStop: ComputedRef<number>;
  /** Hands over the member at a position, or takes it away. */
  hold(position: number, member: Focusable | null): void;
  moveTo(position: number): void;
  /** A member got the focus some other way: by a click, or by a program. */
  noteFocus(position: number): void;
  onKeydown(event: KeyboardEvent): void;
}

/** A template ref is an element, a component or null. Members of a group are components, or elements, that can be focused. */
export function asFocusable(member: unknown): Focusable | null {
  return typeof member === 'object' && member !== null && 'focus' in member ? (member as Focusable) : null;
}

/** @param count how many members there are now. */
export function useRovingFocus(count: () => number): RovingFocus {
  const wanted = ref(0);
  const members = new Map<number, Focusable>();
  const tabStop = computed(() => Math.min(wanted.value, Math.max(0, count() - 1)));

  function moveTo(position: number): void {
    wanted.value = position;
    members.get(position)?.focus();
  }

  return {
    tabStop,
    hold(position, member) {
      if (member) members.set(position, member);
      else members.delete(position);
    },
    moveTo,
    noteFocus(position) {
      wanted.value = position;
    },
    onKeydown(event) {
      const all = count();
      const target = {
        ArrowRight: (tabStop.value + 1) % all,
        ArrowDown: (tabStop.value + 1) % all,
        ArrowLeft: (tabStop.value + all - 1) % all,
        ArrowUp: (tabStop.value + all - 1) % all,
        Home: 0,
        End: all - 1,
      }[event.key];
      if (target === undefined || all === 0) return;
      event.preventDefault();
      moveTo(target);
    },
  };
}
