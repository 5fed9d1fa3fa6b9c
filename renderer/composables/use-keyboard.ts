/** Keys become actions, wherever the focus is. While somebody types, only combinations with Mod do. */
import { useEventListener } from '@vueuse/core';
import { useActionsStore, type PageAction } from '../stores/actions.ts';
import { useSettingsStore } from '../stores/settings.ts';
import { isPressed, parseKeys, type Chord } from './key-chord.ts';

/** Between the keys of a sequence. */
const sequencePauseMs = 1_500;

const fields = 'input, textarea, select, [contenteditable="true"]';
/** They hold the keyboard while they are open. */
const overlays = '[role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"]';
/** They do something of their own at Space and Enter. */
const pressable =
  'button, a, summary, [role="button"], [role="tab"], [role="switch"], [role="checkbox"], [role="radio"]';

export function useKeyboard(): void {
  const actions = useActionsStore();
  const settings = useSettingsStore();
  /** The sequences that the last key has begun. */
  let begun: readonly { readonly action: PageAction; readonly left: readonly Chord[] }[] = [];
  let begunAtMs = 0;

  function onKeydown(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.isComposing || isModifier(event.key)) return;
    const goesOn = event.timeStamp - begunAtMs <= sequencePauseMs ? begun : [];
    begun = [];
    const offered = [...actions.all.flatMap(sequencesOf), ...goesOn].filter(
      ({ left }) => left[0] !== undefined && isPressed(left[0], event) && isHeard(left[0], event, settings.singleKeys),
    );
    // Whoever came last offers it most closely: a pane goes before the window.
    const meant = offered.findLast(({ action, left }) => left.length === 1 && action.isEnabled?.() !== false);
    if (meant) {
      event.preventDefault();
      if (!event.repeat || meant.action.repeats) actions.run(meant.action.id);
      return;
    }
    begun = offered.flatMap(({ action, left }) => (left.length > 1 ? [{ action, left: left.slice(1) }] : []));
    begunAtMs = event.timeStamp;
  }

  useEventListener(window, 'keydown', onKeydown);
}

function sequencesOf(action: PageAction): { readonly action: PageAction; readonly left: readonly Chord[] }[] {
  return (action.keys ?? []).map((keys) => ({ action, left: parseKeys(keys) }));
}

function isHeard(chord: Chord, event: KeyboardEvent, singleKeys: boolean): boolean {
  if (chord.mod) return true;
  if (!singleKeys || !(event.target instanceof Element)) return singleKeys;
  if (event.target.closest(`${fields}, ${overlays}`)) return false;
  return !((chord.key === ' ' || chord.key === 'Enter') && event.target.closest(pressable));
}

const isModifier = (key: string): boolean => ['Shift', 'Control', 'Alt', 'Meta', 'AltGraph'].includes(key);
