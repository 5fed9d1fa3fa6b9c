/**
 * What the keys do in a log list.
 */

export type LogKeyAction =
  | { readonly kind: 'move'; readonly by: 'row' | 'page'; readonly step: 1 | -1; readonly extend: boolean }
  | { readonly kind: 'edge'; readonly edge: 'first' | 'last'; readonly extend: boolean }
  | { readonly kind: 'find'; readonly level: 'error' | 'warn'; readonly step: 1 | -1 }
  | { readonly kind: 'choose' | 'leave' | 'copy' | 'choose-all' };

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
  e: { kind: 'find', level: 'error', step: 1 },
  E: { kind: 'find', level: 'error', step: -1 },
  w: { kind: 'find', level: 'warn', step: 1 },
  W: { kind: 'find', level: 'warn', step: -1 },
};

const commands: Readonly<Record<string, LogKeyAction>> = {
  c: { kind: 'copy' },
  a: { kind: 'choose-all' },
};
