/**
 * Lines as one-byte strings. A text with one character beyond Latin-1 takes two bytes for every character, and our own sentences
 * have arrows and dashes: these few stand as C1 control characters, which no line has (`oneLine` in shared/projection/log-line.ts).
 */

/** Those that our own sentences use. */
const signs = '→–−“”’…≤≥↔′⏎␣';
const firstCode = 0x80;

const codes = new Map(Array.from(signs, (sign, index) => [sign, String.fromCharCode(firstCode + index)] as const));
const anySign = new RegExp(`[${signs}]`, 'g');
const anyCode = new RegExp(`[\\u0080-\\u${(firstCode + signs.length - 1).toString(16).padStart(4, '0')}]`, 'g');
// oxlint-disable-next-line no-control-regex -- it is the range of one-byte characters
const oneByteOnly = /^[\u0000-\u00ff]*$/;

/** The line with its signs as codes; other characters beyond Latin-1 stay as they are. */
export function encodeSigns(text: string): string {
  return isOneByte(text) ? text : text.replaceAll(anySign, (sign) => codes.get(sign) ?? sign);
}

export function decodeSigns(text: string): string {
  return text.replaceAll(anyCode, (code) => signs[code.charCodeAt(0) - firstCode] ?? code);
}

export function isOneByte(text: string): boolean {
  return oneByteOnly.test(text);
}

/**
 * The expression that finds in encoded lines what `expression` finds in lines; null when there is none that surely does, and
 * lines must be decoded first.
 */
export function encodeExpression(expression: RegExp): RegExp | null {
  const { source, flags } = expression;
  // Escapes may name a sign or a class that it is in; a class may have a range from or to one.
  if (/\\[puxckP0-9]/.test(source)) return null;
  if (isOneByte(source)) return /\[\^/.test(source) && /[^ -~]/.test(source) ? null : expression;
  if (source.includes('[')) return null;
  const encoded = encodeSigns(source);
  return isOneByte(encoded) ? new RegExp(encoded, flags) : null;
}
