/**
 * The words that stand for servers in a scenario: `leader`, `follower 1`, `2`. What they mean is looked up when a step is due.
 */
import { limits } from '../../shared/cluster-config.ts';
import type { NodeId } from '../../shared/ids.ts';

export type ServerWord =
  | { readonly kind: 'id'; readonly id: NodeId }
  /** Counted from 1 in the order of their ids: running voters that do not lead. */
  | { readonly kind: 'follower'; readonly nth: number }
  | { readonly kind: 'leader' | 'former-leader' | 'candidate' }
  | { readonly kind: 'all' | 'followers' | 'voters' | 'learners' | 'rest' }
  /** Bound by a step `name:`. */
  | { readonly kind: 'named'; readonly name: string };

/** Words that are taken; `follower 1` and `node 1` are, too. */
export const serverWords = [
  'leader',
  'former leader',
  'candidate',
  'follower',
  'followers',
  'voters',
  'learners',
  'all',
  'rest',
] as const;

/** What can name servers or a step. */
export const nameForm = /^[a-z][\w' -]{0,39}$/i;

/** Undefined for what can be no server. Whether a name was given, and whether there is such a node, is not looked at. */
export function readServerWord(value: unknown): ServerWord | undefined {
  if (typeof value === 'number') return Number.isInteger(value) && value >= 0 ? { kind: 'id', id: value } : undefined;
  if (typeof value !== 'string') return undefined;
  const text = value.trim().replace(/^the /, '');
  const [, node] = /^(?:node )?(\d{1,5})$/.exec(text) ?? [];
  if (node !== undefined) return { kind: 'id', id: Number(node) };
  const [, nth] = /^follower ([1-9]\d?)$/.exec(text) ?? [];
  if (nth !== undefined) return { kind: 'follower', nth: Number(nth) };
  switch (text) {
    case 'follower':
      return { kind: 'follower', nth: 1 };
    case 'leader':
    case 'candidate':
    case 'all':
    case 'followers':
    case 'voters':
    case 'learners':
    case 'rest':
      return { kind: text };
    case 'former leader':
      return { kind: 'former-leader' };
    default:
      return nameForm.test(text) ? { kind: 'named', name: text } : undefined;
  }
}

/** One word or a list of them; undefined when one of them can be no server. */
export function readServerWords(value: unknown): readonly ServerWord[] | undefined {
  const list = Array.isArray(value) ? value : [value];
  const words = list.map(readServerWord);
  return words.length <= limits.nodesMax && words.every((word) => word !== undefined) ? words : undefined;
}

/** As it would be written. */
export function serverText(word: ServerWord): string {
  switch (word.kind) {
    case 'id':
      return `node ${word.id}`;
    case 'follower':
      return `follower ${word.nth}`;
    case 'former-leader':
      return 'former leader';
    case 'named':
      return word.name;
    default:
      return word.kind;
  }
}

/** Both ends of a link: `leader -> 1`, `0 → 1`, both ways `0 <-> 1`, or an object with `from` and `to`. */
export interface LinkWords {
  readonly from: unknown;
  readonly to: unknown;
  readonly bothWays: boolean;
}

/** Undefined for what is no link; what stands at its ends is not looked at. */
export function readLinkWords(value: unknown): LinkWords | undefined {
  if (typeof value === 'string') {
    const [, from, arrow, to] = /^(.+?) ?(<->|↔|->|→) ?(.+)$/.exec(value.trim()) ?? [];
    if (from === undefined || to === undefined) return undefined;
    return { from: from.trim(), to: to.trim(), bothWays: arrow === '<->' || arrow === '↔' };
  }
  if (typeof value !== 'object' || value === null || !('from' in value) || !('to' in value)) return undefined;
  return { from: value.from, to: value.to, bothWays: false };
}
