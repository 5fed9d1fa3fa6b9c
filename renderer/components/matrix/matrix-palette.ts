/** The page's colours for a canvas, which knows no custom properties. */
import { termColours } from '../base/term.ts';

export interface MatrixPalette {
  /** By term modulo their number. */
  readonly terms: readonly string[];
  readonly pane: string;
  readonly inset: string;
  readonly raised: string;
  readonly active: string;
  readonly border: string;
  readonly borderStrong: string;
  readonly text: string;
  readonly muted: string;
  readonly faint: string;
  readonly accent: string;
  readonly accentSoft: string;
  readonly focus: string;
  readonly good: string;
  readonly warn: string;
  readonly bad: string;
  readonly badSoft: string;
  readonly font: string;
}

/** As they are at `element` now; another theme has others. */
export function readPalette(element: Element): MatrixPalette {
  const style = getComputedStyle(element);
  const colour = (name: string): string => style.getPropertyValue(`--${name}`).trim() || '#888888';
  return {
    terms: Array.from({ length: termColours }, (_, term) => colour(`term-${term}`)),
    pane: colour('surface-pane'),
    inset: colour('surface-inset'),
    raised: colour('surface-raised'),
    active: colour('surface-active'),
    border: colour('border'),
    borderStrong: colour('border-strong'),
    text: colour('text'),
    muted: colour('text-muted'),
    faint: colour('text-faint'),
    accent: colour('accent'),
    accentSoft: colour('accent-soft'),
    focus: colour('focus'),
    good: colour('tone-good'),
    warn: colour('tone-warn'),
    bad: colour('tone-bad'),
    badSoft: colour('tone-bad-soft'),
    font: style.getPropertyValue('--font-sans').trim() || 'sans-serif',
  };
}

export function termColour({ terms }: MatrixPalette, term: number): string {
  return terms[term % termColours] ?? terms[0] ?? '#888888';
}
