/** How the page's one selection looks in the diagram. Pure. */
import type { Selection } from '../../stores/selection.ts';
import type { DiagramItem, Highlight } from './scene.ts';

export function highlightOf(selection: Selection | null): Highlight {
  switch (selection?.kind) {
    case 'node':
      return { node: selection.node };
    case 'link': {
      const [one, other] = selection.pair;
      return { edge: ({ from, to }) => (from === one && to === other) || (from === other && to === one) };
    }
    case 'datagram': {
      const { from, fromBoot, to, datagram } = selection;
      return {
        edge: (edge) => edge.datagram === datagram && edge.from === from && edge.to === to && edge.boot === fromBoot,
      };
    }
    case 'entry': {
      const { index } = selection;
      const holds = ({ firstIndex, lastIndex }: { readonly firstIndex: number; readonly lastIndex: number }): boolean =>
        firstIndex <= index && index <= lastIndex;
      return { edge: holds, mark: holds, request: holds };
    }
    case 'request':
      return { request: ({ requestId }) => requestId === selection.requestId };
    case 'event': {
      const { position } = selection;
      return {
        edge: (edge) => edge.sendPosition === position || edge.endPosition === position,
        mark: (mark) => mark.position === position,
        request: (request) => request.sentPosition === position || request.answeredPosition === position,
      };
    }
    default:
      return {};
  }
}

/** What is selected when this is clicked. */
export function selectionOf(item: DiagramItem): Selection {
  if (item.kind === 'edge') {
    const { from, boot, to, datagram } = item.edge;
    return { kind: 'datagram', from, fromBoot: boot, to, datagram };
  }
  if (item.kind === 'mark') return { kind: 'event', position: item.mark.position };
  return { kind: 'request', requestId: item.request.requestId };
}

/** Whether the item is what is selected, itself and not only part of it. */
export function isSelected(item: DiagramItem, { edge, mark, request }: Highlight): boolean {
  if (item.kind === 'edge') return edge?.(item.edge) === true;
  return item.kind === 'mark' ? mark?.(item.mark) === true : request?.(item.request) === true;
}
