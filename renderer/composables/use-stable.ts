/** A computed value that stays the very same object while it says the same, so that nothing behind it is drawn again. */
import { computed, type ComputedRef } from 'vue';

export function useStable<Value>(get: () => Value, isSame: (a: Value, b: Value) => boolean): ComputedRef<Value> {
  return computed<Value>((before) => {
    const next = get();
    return before !== undefined && isSame(before, next) ? before : next;
  });
}

/** The same members in the same order. */
export function sameMembers<Member>(a: readonly Member[], b: readonly Member[]): boolean {
  return a.length === b.length && a.every((member, i) => member === b[i]);
}
