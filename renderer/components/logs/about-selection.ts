/** Whether a line is about what is selected on the page. */
import { labSourceId } from '../../../shared/ids.ts';
import type { LogRowData } from '../../log-worker/log-row-data.ts';
import type { Selection } from '../../stores/selection.ts';

export function isAbout(row: LogRowData, selection: Selection | null): boolean {
  if (!selection || row.gap) return false;
  const { entries, datagram, requestId } = row.about;
  switch (selection.kind) {
    case 'node':
      return row.subject === selection.node;
    case 'link':
      return datagram !== undefined && [row.node, datagram.peer].every((end) => selection.pair.includes(end));
    case 'entry':
      return (
        entries !== undefined && selection.index >= entries.first && selection.index < entries.first + entries.count
      );
    case 'datagram':
      return isSameDatagram(row, selection);
    case 'request':
      return requestId === selection.requestId;
    case 'event':
      return row.position === selection.position;
    default:
      return false;
  }
}

function isSameDatagram(row: LogRowData, wanted: Extract<Selection, { kind: 'datagram' }>): boolean {
  const named = datagramOf(row);
  return (
    named !== undefined &&
    named.datagram === wanted.datagram &&
    named.from === wanted.from &&
    named.to === wanted.to &&
    named.fromBoot === wanted.fromBoot
  );
}

/** The datagram that the line is about, as the page's selection names it. */
export function datagramOf({ node, about }: LogRowData): Extract<Selection, { kind: 'datagram' }> | undefined {
  const { datagram: end } = about;
  if (!end) return undefined;
  const [from, to] = end.isSent ? [node, end.peer] : [end.peer, node];
  return { kind: 'datagram', from, fromBoot: end.boot, to, datagram: end.datagram };
}

/** What choosing the line selects: the event, or whom it is about where its place in the stream is not known. */
export function selectionOf(row: LogRowData): Selection | null {
  if (row.gap) return null;
  if (row.position >= 0) return { kind: 'event', position: row.position };
  return row.subject === labSourceId ? null : { kind: 'node', node: row.subject };
}
