/** What keys do in the diagram. Pure. */
export type DiagramKey =
  | { readonly kind: 'pan'; readonly share: number }
  | { readonly kind: 'zoom'; readonly factor: number }
  | { readonly kind: 'lane'; readonly step: 1 | -1 }
  | { readonly kind: 'item'; readonly step: 1 | -1 }
  | { readonly kind: 'start' | 'follow' | 'fit' | 'causes' | 'seek' | 'leave' };

const keys: Readonly<Record<string, DiagramKey>> = {
  ArrowLeft: { kind: 'pan', share: -0.1 },
  ArrowRight: { kind: 'pan', share: 0.1 },
  PageUp: { kind: 'pan', share: -0.8 },
  PageDown: { kind: 'pan', share: 0.8 },
  ArrowUp: { kind: 'lane', step: -1 },
  ArrowDown: { kind: 'lane', step: 1 },
  '+': { kind: 'zoom', factor: 0.7 },
  '=': { kind: 'zoom', factor: 0.7 },
  '-': { kind: 'zoom', factor: 1 / 0.7 },
  _: { kind: 'zoom', factor: 1 / 0.7 },
  ',': { kind: 'item', step: -1 },
  '.': { kind: 'item', step: 1 },
  Home: { kind: 'start' },
  End: { kind: 'follow' },
  f: { kind: 'fit' },
  l: { kind: 'follow' },
  c: { kind: 'causes' },
  Enter: { kind: 'seek' },
  Escape: { kind: 'leave' },
};

export function diagramKey({
  key,
  ctrlKey,
  metaKey,
  altKey,
}: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey'>): DiagramKey | undefined {
  if (ctrlKey || metaKey || altKey) return undefined;
  return keys[key] ?? keys[key.toLowerCase()];
}
