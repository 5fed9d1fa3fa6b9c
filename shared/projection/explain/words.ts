/** Words that explanations share. */
import type { NodeId } from '../../ids.ts';
import type { RuleId } from '../../rules.ts';
import { because, ruleTag } from '../log-line-words.ts';

/** `node 1`, `nodes 0 and 2`, `nodes 0, 1 and 2`. */
export function namesOf(ids: readonly NodeId[]): string {
  const last = ids.at(-1);
  if (ids.length < 2) return `node ${last ?? '?'}`;
  return `nodes ${ids.slice(0, -1).join(', ')} and ${last}`;
}

export function startsSentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** `: reason [§…]` and a full stop, whatever the reason ends with. */
export function reasonOf({ reason, rule }: { readonly reason: string; readonly rule?: RuleId | null }): string {
  return `${because(reason.replace(/\.$/, ''))}${ruleTag(rule ?? undefined)}.`;
}

/** What is said behind the name of one node, and behind those of several. */
export interface Predicate {
  readonly one: string;
  readonly several: string;
}

/** The same for one and several. */
export function alike(words: string): Predicate {
  return { one: words, several: words };
}

/** Nodes of which the same is said are named together: `node 0 is paused; nodes 1 and 2 have crashed`. */
export function told(of: readonly { readonly id: NodeId; readonly what: Predicate }[]): string {
  const byWords = new Map<string, { readonly ids: NodeId[]; readonly what: Predicate }>();
  for (const { id, what } of of) {
    const same = byWords.get(what.one);
    if (same) same.ids.push(id);
    else byWords.set(what.one, { ids: [id], what });
  }
  return [...byWords.values()]
    .map(({ ids, what }) => `${namesOf(ids)} ${ids.length === 1 ? what.one : what.several}`)
    .join('; ');
}
