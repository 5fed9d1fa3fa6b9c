/**
 * What the keys do in a log list.
 */
import type { Wanted } from '../../log-worker/log-messages.ts';

export type LogKeyAction =
  | { readonly kind: 'move'; readonly by: 'row' | 'page'; readonly step: 1 | -1; readonly extend: boolean }
  | { readonly kind: 'edge'; readonly edge: 'first' | 'last'; readonly extend: boolean }
  | { readonly kind: 'find'; readonly wanted: Wanted; readonly step: 1 | -1 }
  | { readonly kind: 'choose' | 'leave' | 'copy' | 'choose-all' | 'bookmark' };

type Key = Pick<KeyboardEvent, 'key' | 'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey'>;

/** Undefined when the key is none of the list's. With Shift, moving extends the run of chosen lines. */
export function logKeyAction({ key, shiftKey, ctrlKey, metaKey, altKey }: Key): LogKeyAction | undefined {
  if (altKey) return undefined;
  if (ctrlKey || metaKey) return commands[key];
  const action = keys[key];
  return action && 'extend' in action ? { ...action, extend: shiftKey } : action;
}

const keys: Readonly<Record<string, LogKeyAction>> = {
  ArrowUp: { kind: 'move', by: 'row', step: -1, extend: false },
  ArrowDown: { kind: 'move', by: 'row', step: 1, extend: false },
  PageUp: { kind: 'move', by: 'page', step: -1, extend: false },
  PageDown: { kind: 'move', by: 'page', step: 1, extend: false },
  Home: { kind: 'edge', edge: 'first', extend: false },
  End: { kind: 'edge', edge: 'last', extend: false },
  Enter: { kind: 'choose' },
  Escape: { kind: 'leave' },
  e: { kind: 'find', wanted: 'error', step: 1 },
  E: { kind: 'find', wanted: 'error', step: -1 },
  w: { kind: 'find', wanted: 'warn', step: 1 },
  W: { kind: 'find', wanted: 'warn', step: -1 },
  n: { kind: 'find', wanted: 'match', step: 1 },
  N: { kind: 'find', wanted: 'match', step: -1 },
  m: { kind: 'bookmark' },
  u: { kind: 'find', wanted: 'bookmark', step: 1 },
  U: { kind: 'find', wanted: 'bookmark', step: -1 },
};

const commands: Readonly<Record<string, LogKeyAction>> = {
  c: { kind: 'copy' },
  a: { kind: 'choose-all' },
};
