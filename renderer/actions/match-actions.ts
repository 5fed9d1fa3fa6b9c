/** Finds acts by what somebody types: every typed word must fit, in any order. */
import type { PageAction } from '../stores/actions.ts';

/** How well a typed word fits: it begins a word, stands inside of one, or its letters come in this order. */
const fits = { begins: 4, inside: 2, scattered: 1 } as const;
/** A word of the label says more than one of its heading. */
const groupShare = 0.5;

/** The acts that fit, the best first; among equals those of `recent` and then the given order. All when nothing is typed. */
export function matchActions(
  actions: readonly PageAction[],
  typed: string,
  recent: readonly string[] = [],
): readonly PageAction[] {
  const words = wordsOf(typed);
  if (words.length === 0) return actions;
  const ranked = actions.flatMap((action, place) => {
    const score = scoreOf(action, words);
    if (score === 0) return [];
    const last = recent.indexOf(action.id);
    return [{ action, score, place: last < 0 ? recent.length + place : last }];
  });
  return ranked.toSorted((a, b) => b.score - a.score || a.place - b.place).map(({ action }) => action);
}

/** 0: some word does not fit. */
function scoreOf({ label, group }: PageAction, words: readonly string[]): number {
  let sum = 0;
  for (const word of words) {
    const score = Math.max(fit(word, label), groupShare * fit(word, group, false));
    if (score === 0) return 0;
    sum += score;
  }
  return sum;
}

function fit(word: string, sentence: string, scattered = true): number {
  const small = sentence.toLowerCase();
  if (wordsOf(small).some((each) => each.startsWith(word))) return fits.begins;
  if (small.includes(word)) return fits.inside;
  return scattered && word.length > 1 && isScattered(word, small) ? fits.scattered : 0;
}

function isScattered(word: string, sentence: string): boolean {
  let found = 0;
  for (const letter of sentence) if (word.startsWith(letter, found)) found += letter.length;
  return found === word.length;
}

const wordsOf = (typed: string): readonly string[] => typed.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
