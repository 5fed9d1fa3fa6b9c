/**
 * An answer to "why?": a sentence or two, and the events that it rests on. An event is named by a question to the store, not by
 * its position: so nothing has to be kept for it, and it is found from any moment of the stream that is shown.
 */
import type { EventType, LabEvent } from '../../event.ts';
import type { NodeId } from '../../ids.ts';
import { isRuleId, type RuleId } from '../../rules.ts';

/** The last event before the moment that is shown which fits (`isEvidence`). */
export interface Evidence {
  /** What happened, in a few words: `node 2 crashed`. */
  readonly words: string;
  /** Who reported it; `labSourceId` for the lab. */
  readonly node: NodeId;
  readonly types: readonly EventType[];
  /** Fields that it has, as they are. */
  readonly where?: Readonly<Record<string, unknown>>;
  /** It is about the entry at this index, or about a range that holds it. */
  readonly index?: number;
}

export interface Explanation {
  /** Which case it is, for tests and marks. */
  readonly kind: string;
  /** Rules stand in it as `[§5.4.2 own-term-commit]`. */
  readonly sentence: string;
  readonly evidence: readonly Evidence[];
}

export function isEvidence({ node, types, where = {}, index }: Evidence, event: LabEvent): boolean {
  if (event.node !== node || !types.includes(event.type)) return false;
  if (index !== undefined && !isAboutEntry(event, index)) return false;
  return Object.entries(where).every(([name, value]) => isSame(Reflect.get(event, name), value));
}

/** Events speak of ranges: true when `index` is in the one of this event. */
function isAboutEntry(event: LabEvent, index: number): boolean {
  switch (event.type) {
    case 'entries-appended':
      return event.firstIndex <= index && index <= event.lastIndex;
    case 'entries-truncated':
      return event.fromIndex <= index && index <= event.lastIndex;
    case 'commit-advanced':
      return event.from < index && index <= event.to;
    case 'entries-applied':
      return event.from <= index && index <= event.to;
    case 'commit-held':
      return event.index >= index;
    default:
      return true;
  }
}

/** Of plain data. */
function isSame(left: unknown, right: unknown): boolean {
  return left === right || (typeof right === 'object' && JSON.stringify(left) === JSON.stringify(right));
}

/** A piece of a sentence: words, or the rule that stands there. */
export type SentencePart =
  | { readonly kind: 'words'; readonly words: string }
  | { readonly kind: 'rule'; readonly rule: RuleId };

/** Cuts a sentence at its rules, `[§5.4.2 own-term-commit]`. */
export function partsOf(sentence: string): readonly SentencePart[] {
  // Every other piece is what the brackets hold.
  return sentence.split(/ ?\[D?§[\d.]+ ([a-z-]+)\]/).flatMap((piece, place): SentencePart[] => {
    if (place % 2 === 1) return isRuleId(piece) ? [{ kind: 'rule', rule: piece }] : [{ kind: 'words', words: piece }];
    return piece === '' ? [] : [{ kind: 'words', words: piece }];
  });
}

/** The rules that a sentence names, each once. */
export function rulesIn(sentence: string): readonly RuleId[] {
  return [...new Set(partsOf(sentence).flatMap((part) => (part.kind === 'rule' ? [part.rule] : [])))];
}
