/**
 * What a person types to find lines: a piece of text in any case, or `/a regular expression/flags`.
 */

export type TextFilter =
  | { readonly ok: true; readonly matches: ((line: string) => boolean) | undefined }
  | { readonly ok: false; readonly message: string };

/** `matches` is undefined when everything passes; a broken expression comes back as a message for the person who types. */
export function parseTextFilter(typed: string): TextFilter {
  const text = typed.trim();
  if (text === '') return { ok: true, matches: undefined };
  const expression = /^\/(.+)\/([a-z]*)$/su.exec(text);
  if (expression) return parseExpression(expression[1] ?? '', expression[2] ?? '');
  const wanted = text.toLowerCase();
  return { ok: true, matches: (line) => line.toLowerCase().includes(wanted) };
}

function parseExpression(source: string, flags: string): TextFilter {
  try {
    // With `g` or `y` an expression remembers where it stopped in the line before.
    const expression = new RegExp(source, flags.replaceAll(/[gy]/g, ''));
    return { ok: true, matches: (line) => expression.test(line) };
  } catch (error) {
    return { ok: false, message: error instanceof Error ? error.message : String(error) };
  }
}
