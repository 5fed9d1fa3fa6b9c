/** How many term colours styles/tokens.css has. Terms that far apart share a colour, which is why the number is always shown. */
export const termColours = 8;

/** The class that sets `--term` to a term's colour. Use it with the term's number beside it. */
export function termClass(term: number): string {
  return `term-${term % termColours}`;
}
