/** What can be pointed at, in words. Pure. */
import { text } from '../../text/diagram.ts';
import { lostAfterNs } from './edge-line.ts';
import { timeOfItem } from './find-item.ts';
import type { DiagramItem } from './scene.ts';
import { lengthLabel, timeLabel } from './time-scale.ts';

export interface ItemWords {
  readonly title: string;
  /** What there is to say besides, a phrase each. */
  readonly details: readonly string[];
}

export function describeItem(item: DiagramItem, nowNs: number): ItemWords {
  const when = text.at(timeLabel(timeOfItem(item), 1_000));
  switch (item.kind) {
    case 'edge': {
      const { edge } = item;
      const { kind, from, to, fate, sendNs, endNs, term, firstIndex, lastIndex } = edge;
      return {
        title: text.edge(kind, text.node(from), text.node(to)),
        details: [
          when,
          fate === 'arrived'
            ? text.arrived(lengthLabel(endNs - sendNs))
            : text.fate(fate, nowNs - sendNs < lostAfterNs),
          ...(edge.delayNs > 0 ? [text.heldBack(lengthLabel(edge.delayNs))] : []),
          ...(edge.isCopy ? [text.copy] : []),
          ...(term > 0 ? [text.term(term)] : []),
          ...(firstIndex <= lastIndex ? [text.entries(firstIndex, lastIndex)] : []),
        ],
      };
    }
    case 'mark': {
      const { kind, node, term, firstIndex, lastIndex } = item.mark;
      return {
        title: node < 0 ? text.mark(kind) : `${text.mark(kind)}, ${text.node(node)}`,
        details: [
          when,
          ...(term > 0 ? [text.term(term)] : []),
          ...(firstIndex <= lastIndex ? [text.entries(firstIndex, lastIndex)] : []),
        ],
      };
    }
    default: {
      const { kind, target, outcome, sentNs, answeredNs, firstIndex, lastIndex } = item.request;
      return {
        title: text.request(kind, target),
        details: [
          when,
          text.outcome(outcome, lengthLabel(answeredNs - sentNs)),
          ...(firstIndex <= lastIndex && firstIndex > 0 ? [text.entries(firstIndex, lastIndex)] : []),
        ],
      };
    }
  }
}

/** In one line, to be read aloud. */
export function itemLine(item: DiagramItem, nowNs: number): string {
  const { title, details } = describeItem(item, nowNs);
  return [title, ...details].join(', ');
}
