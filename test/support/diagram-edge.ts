/** A datagram as the diagram draws it. */
import type { Edge } from '../../renderer/stores/diagram/diagram-items.ts';

/** From node 0 to node 1, with entries, arrived after a millisecond; but for what is given. */
export function anEdge(but: Partial<Edge> = {}): Edge {
  return {
    from: 0,
    to: 1,
    boot: 1,
    datagram: 1,
    kind: 'entries',
    isRoutine: false,
    isCopy: false,
    term: 1,
    bytes: 0,
    firstIndex: 0,
    lastIndex: -1,
    sendNs: 0,
    sendPosition: 0,
    endNs: 1e6,
    endPosition: 1,
    fate: 'arrived',
    acts: [],
    delayNs: 0,
    ...but,
  };
}
