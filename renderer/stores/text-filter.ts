/**
 * What a person types to find lines: a piece of text in any case, or `/a regular expression/flags`.
 */

export type TextFilter =
  | { readonly ok: true; readonly expression: RegExp | null }
  | { readonly ok: false; readonly message: string };

/** `expression` is null when everything passes; a broken one comes back as a message for the person who types. */
export function parseTextFilter(typed: string): TextFilter {
  const text = typed.trim();
  if (text === '') return { ok: true, expression: null };
  const expression = /^\/(.+)\/([a-z]*)$/su.exec(text);
  if (expression) return parseExpression(expression[1] ?? '', expression[2] ?? '');
  return { ok: true, expression: new RegExp(escaped(text), 'i') };
}

function parseExpression(source: string, flags: string): TextFilter {
  try {
    // With `g` or `y` an expression remembers where it stopped in the line before.
    return { ok: true, expression: new RegExp(source, flags.replaceAll(/[gy]/g, '')) };
  } catch (error) {
    return { ok: false, message: error instanceof Error ? error.message : String(error) };
  }
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`);
}
