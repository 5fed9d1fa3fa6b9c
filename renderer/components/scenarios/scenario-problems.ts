/** What is wrong in a scenario's text: what the page sees by itself while one types, and what the lab says when it is run. Pure. */
import { LineCounter, parseDocument } from 'yaml';

export interface ScenarioProblem {
  /** From 1; 0 where no place is known. */
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** Only that it is YAML, and has a title and steps: the rest the lab knows. */
export function problemsInText(text: string): readonly ScenarioProblem[] {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  return document.errors.map(({ message, pos }) => {
    const { line, col } = lines.linePos(pos[0]);
    return { line, column: col, message };
  });
}

/** Lines like `12:5: unknown key "stpes"`. */
export function problemsInAnswer(message: string): readonly ScenarioProblem[] {
  return message
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const found = /^(\d+):(\d+): (.*)$/.exec(line);
      return found
        ? { line: Number(found[1]), column: Number(found[2]), message: found[3] ?? '' }
        : { line: 0, column: 0, message: line };
    });
}

/** Names of the runs that a text describes; none where it is one, or can't be read. */
export function variantsOf(text: string): readonly string[] {
  try {
    const value: unknown = parseDocument(text, { prettyErrors: false }).toJS();
    const variants: unknown =
      typeof value === 'object' && value !== null && 'variants' in value ? value.variants : null;
    return typeof variants === 'object' && variants !== null ? Object.keys(variants) : [];
  } catch {
    // An alias that nothing is called like: the lab will say so.
    return [];
  }
}

/** Where a line and a column are in the text. */
export function offsetOf(text: string, { line, column }: ScenarioProblem): number {
  const lines = text.split('\n').slice(0, Math.max(0, line - 1));
  return lines.reduce((sum, one) => sum + one.length + 1, 0) + Math.max(0, column - 1);
}
