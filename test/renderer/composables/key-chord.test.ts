import { describe, expect, it } from 'vitest';
import { isPressed, keyCaps, parseKeys, type PressedKey } from '../../../renderer/composables/key-chord.ts';

const plain = { ctrlKey: false, metaKey: false, shiftKey: false, altKey: false };
const press = (key: string, held: Partial<PressedKey> = {}): PressedKey => ({ key, code: '', ...plain, ...held });
function isHit(keys: string, pressed: PressedKey, onMac = false): boolean {
  const [chord] = parseKeys(keys);
  return chord !== undefined && isPressed(chord, pressed, onMac);
}

describe('keys by name', () => {
  it('are Ctrl for Mod, on a Mac Cmd', () => {
    expect(isHit('Mod+Shift+P', press('P', { ctrlKey: true, shiftKey: true }))).toBe(true);
    expect(isHit('Mod+Shift+P', press('P', { metaKey: true, shiftKey: true }))).toBe(false);
    expect(isHit('Mod+Shift+P', press('p', { metaKey: true, shiftKey: true }), true)).toBe(true);
    expect(isHit('Mod+Shift+P', press('P', { shiftKey: true }))).toBe(false);
  });

  it('are letters whose Shift counts, and signs whose Shift does not', () => {
    expect(isHit('h', press('h'))).toBe(true);
    expect(isHit('h', press('H', { shiftKey: true }))).toBe(false);
    expect(isHit('h', press('h', { ctrlKey: true }))).toBe(false);
    expect(isHit('?', press('?', { shiftKey: true }))).toBe(true);
    expect(isHit('?', press('?'))).toBe(true);
    expect(isHit('Space', press(' '))).toBe(true);
    expect(isHit('Space', press(' ', { shiftKey: true }))).toBe(false);
    expect(isHit('Mod++', press('+', { ctrlKey: true }))).toBe(true);
  });

  it('are digits of the row above the letters, whatever a keyboard writes there', () => {
    expect(isHit('1', press('1', { code: 'Digit1' }))).toBe(true);
    expect(isHit('1', press('&', { code: 'Digit1' }))).toBe(true);
    expect(isHit('1', press('!', { code: 'Digit1', shiftKey: true }))).toBe(false);
  });

  it('are shown as caps', () => {
    expect(keyCaps('Mod+Shift+P', false)).toEqual([['Ctrl', 'Shift', 'P']]);
    expect(keyCaps('Mod+Shift+P', true)).toEqual([['⌘', '⇧', 'P']]);
    expect(keyCaps('g Space', false)).toEqual([['G'], ['Space']]);
    expect(keyCaps('Alt+ArrowLeft', false)).toEqual([['Alt', '←']]);
  });
});
