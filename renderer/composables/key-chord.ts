/** Keys as actions name them: `Mod+Shift+P`, `Space`, `?`, and one after the other: `g s`. `Mod` is Ctrl, on a Mac Cmd. */

export interface Chord {
  /** As `KeyboardEvent.key` says it, letters small. */
  readonly key: string;
  readonly mod: boolean;
  readonly shift: boolean;
  readonly alt: boolean;
}

/** What a pressed key says of itself; a part of `KeyboardEvent`. */
export interface PressedKey {
  readonly key: string;
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
}

export const isMac = typeof navigator !== 'undefined' && /Mac|iP(hone|ad)/.test(navigator.platform);

/** `g s` is two chords, any other name one. */
export function parseKeys(keys: string): readonly Chord[] {
  return keys.split(' ').map((chord) => {
    // The last plus may be the key itself.
    const parts = chord.split(/\+(?=.)/);
    const key = parts.at(-1) ?? '';
    const has = (name: string): boolean => parts.slice(0, -1).includes(name);
    return { key: key === 'Space' ? ' ' : smallLetter(key), mod: has('Mod'), shift: has('Shift'), alt: has('Alt') };
  });
}

export function isPressed(chord: Chord, pressed: PressedKey, onMac = isMac): boolean {
  const mod = onMac ? pressed.metaKey : pressed.ctrlKey;
  const other = onMac ? pressed.ctrlKey : pressed.metaKey;
  if (other || mod !== chord.mod || pressed.altKey !== chord.alt) return false;
  const key = smallLetter(pressed.key);
  // A sign such as `?` needs Shift on one keyboard and none on another.
  if (isLetter(chord.key) || chord.key.length > 1 || chord.key === ' ') {
    return key === chord.key && pressed.shiftKey === chord.shift;
  }
  return key === chord.key || (isDigit(chord.key) && pressed.code === `Digit${chord.key}` && !pressed.shiftKey);
}

/** Each chord as the caps to press together: `[['Ctrl', 'Shift', 'P']]`, `[['G'], ['S']]`. */
export function keyCaps(keys: string, onMac = isMac): readonly (readonly string[])[] {
  return parseKeys(keys).map(({ key, mod, shift, alt }) => [
    ...(mod ? [onMac ? '⌘' : 'Ctrl'] : []),
    ...(alt ? [onMac ? '⌥' : 'Alt'] : []),
    ...(shift ? [onMac ? '⇧' : 'Shift'] : []),
    capOf(key),
  ]);
}

const caps: Readonly<Record<string, string>> = {
  ' ': 'Space',
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Escape: 'Esc',
};

const capOf = (key: string): string => caps[key] ?? (key.length === 1 ? key.toUpperCase() : key);
const isLetter = (key: string): boolean => key.length === 1 && key.toLowerCase() !== key.toUpperCase();
const isDigit = (key: string): boolean => /^\d$/.test(key);
const smallLetter = (key: string): string => (key.length === 1 ? key.toLowerCase() : key);
