/** What a key does in the matrix. */

export type MatrixKeyAction =
  | { readonly kind: 'move'; readonly rows: number; readonly indexes: number }
  | { readonly kind: 'page'; readonly step: 1 | -1 }
  | { readonly kind: 'edge'; readonly edge: 'first' | 'last' }
  | { readonly kind: 'zoom'; readonly step: 1 | -1 }
  | { readonly kind: 'commit' }
  | { readonly kind: 'difference' }
  | { readonly kind: 'open' }
  | { readonly kind: 'leave' };

const actions: Readonly<Record<string, MatrixKeyAction>> = {
  ArrowLeft: { kind: 'move', rows: 0, indexes: -1 },
  ArrowRight: { kind: 'move', rows: 0, indexes: 1 },
  ArrowUp: { kind: 'move', rows: -1, indexes: 0 },
  ArrowDown: { kind: 'move', rows: 1, indexes: 0 },
  PageUp: { kind: 'page', step: -1 },
  PageDown: { kind: 'page', step: 1 },
  Home: { kind: 'edge', edge: 'first' },
  End: { kind: 'edge', edge: 'last' },
  '+': { kind: 'zoom', step: 1 },
  '=': { kind: 'zoom', step: 1 },
  '-': { kind: 'zoom', step: -1 },
  c: { kind: 'commit' },
  d: { kind: 'difference' },
  Enter: { kind: 'open' },
  Escape: { kind: 'leave' },
};

export function matrixKeyAction(event: KeyboardEvent): MatrixKeyAction | undefined {
  if (event.ctrlKey || event.metaKey || event.altKey) return undefined;
  return actions[event.key];
}
