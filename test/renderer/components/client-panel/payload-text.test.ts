import { describe, expect, it } from 'vitest';
import { payloadText } from '../../../../renderer/components/client-panel/payload-text.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('payloadText', () => {
  it('shows text as text, control characters as their pictures', () => {
    expect(payloadText(bytes('grün\n\t!'), false)).toEqual({ text: 'grün␊␉!', isHex: false, shownBytes: 8 });
  });

  it('shows bytes that are no text as hexadecimal', () => {
    expect(payloadText(new Uint8Array([255, 0, 16]), false)).toEqual({ text: 'ff 00 10', isHex: true, shownBytes: 3 });
  });

  it('shows text as hexadecimal when asked', () => {
    expect(payloadText(bytes('ab'), true)).toEqual({ text: '61 62', isHex: true, shownBytes: 2 });
  });

  it('cuts what is long, in the middle of a character too', () => {
    const shown = payloadText(bytes(`${'a'.repeat(511)}→ and more`), false);
    expect(shown).toEqual({ text: `${'a'.repeat(511)}…`, isHex: false, shownBytes: 512 });
  });
});
