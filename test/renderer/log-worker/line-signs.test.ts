import { describe, expect, it } from 'vitest';
import * as fc from 'fast-check';
import { decodeSigns, encodeExpression, encodeSigns, isOneByte } from '../../../renderer/log-worker/line-signs.ts';

const signs = '→–−“”’…≤≥↔′⏎␣';

it('keeps lines with our own signs in one byte a character, and gives them back', () => {
  const line = `COMMITS 4 → 5: “foo”, §5.4.1, ${signs}`;
  expect(isOneByte(line)).toBe(false);
  expect(isOneByte(encodeSigns(line))).toBe(true);
  expect(decodeSigns(encodeSigns(line))).toBe(line);
});

it('leaves what is beyond as it is', () => {
  expect(isOneByte(encodeSigns('日本 →'))).toBe(false);
  expect(decodeSigns(encodeSigns('日本 →'))).toBe('日本 →');
});

describe('an expression', () => {
  const sources = [
    'commits',
    '→',
    '4 → \\d',
    '^c.*5$',
    '[^a-z]5',
    '[→–]',
    '[^→]',
    '\\u2192',
    '\\W',
    '\\x84',
    '“f.o”',
    '(?<=→ )5',
    '[^§]',
  ];

  it('finds in encoded lines what it finds in lines, or is not used on them', () => {
    const text = fc.string({ unit: fc.constantFrom(...Array.from('→–“”…§ abcCOMITS459fo')), maxLength: 20 });
    fc.assert(
      fc.property(text, fc.constantFrom(...sources), fc.constantFrom('', 'i', 'u', 'iu'), (line, source, flags) => {
        const plain = new RegExp(source, flags);
        const encoded = encodeExpression(plain);
        return !encoded || encoded.test(encodeSigns(line)) === plain.test(line);
      }),
    );
    expect(encodeExpression(/foo/)).not.toBeNull();
  });

  it('is used on them where nothing in it depends on signs, or it names them one by one', () => {
    for (const source of ['commits', '^node 2 .*leader', '[a-z]+ \\d+', '4 → 5', '“foo”'])
      expect(encodeExpression(new RegExp(source, 'i'))).not.toBeNull();
    for (const source of ['[→–]', '\\u2192', '\\p{L}']) expect(encodeExpression(new RegExp(source, 'u'))).toBeNull();
  });
});
