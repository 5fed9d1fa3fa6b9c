/** What a line is about, beyond who says it: so that what is selected on the page can be marked in the log, and a line can select it. */
import type { EventOf, LabEvent, MessageSummary } from '../../shared/event.ts';
import { isClientId, type BootId, type NodeId } from '../../shared/ids.ts';

/** Log entries `first` to `first + count - 1`. */
export interface EntryRange {
  readonly first: number;
  readonly count: number;
}

/** A datagram as both its ends name it, but for the end that reports. */
export interface DatagramEnd {
  readonly isSent: boolean;
  /** The other end. */
  readonly peer: NodeId;
  /** The sender's. */
  readonly boot: BootId;
  readonly datagram: number;
}

export interface LineAbout {
  readonly entries?: EntryRange | undefined;
  readonly datagram?: DatagramEnd | undefined;
  readonly requestId?: string | undefined;
}

export const aboutNothing: LineAbout = {};

export function aboutOf(event: LabEvent): LineAbout {
  switch (event.type) {
    case 'datagram-sent': {
      const { to, datagram, boot, message } = event;
      return { entries: entriesIn(message), datagram: end({ isSent: true, peer: to, boot, datagram }) };
    }
    case 'datagram-received':
      return { entries: entriesIn(event.message), datagram: received(event) };
    case 'datagram-dropped':
    case 'datagram-faulted':
      return { datagram: received(event) };
    case 'send-failed':
      return { datagram: end({ isSent: true, peer: event.to, boot: event.boot, datagram: event.datagram }) };
    case 'request-sent':
    case 'request-forwarded':
      return { requestId: event.requestId };
    case 'request-answered': {
      const { requestId, outcome } = event;
      return {
        requestId,
        entries: outcome.kind === 'appended' ? range(outcome.firstIndex, outcome.lastIndex) : undefined,
      };
    }
    default:
      return { entries: entriesOf(event) };
  }
}

function entriesOf(event: LabEvent): EntryRange | undefined {
  switch (event.type) {
    case 'entries-appended':
      return range(event.firstIndex, event.lastIndex);
    case 'entries-truncated':
      return range(event.fromIndex, event.lastIndex);
    case 'entries-persisted':
      return range(event.lastIndex, event.lastIndex);
    case 'entries-applied':
    case 'commit-advanced':
      return range(event.from + 1, event.to);
    case 'commit-held':
    case 'request-repeated':
    case 'retention-changed':
      return range(event.index, event.index);
    case 'follower-progress':
      return range(event.matchIndex, event.matchIndex);
    case 'append-refused':
      return range(event.prevLogIndex, event.prevLogIndex);
    default:
      return undefined;
  }
}

type Arrival = EventOf<'datagram-received' | 'datagram-dropped' | 'datagram-faulted'>;

function received({ from, fromBoot, datagram }: Arrival): DatagramEnd | undefined {
  return end({ isSent: false, peer: from, boot: fromBoot, datagram });
}

/** What clients from outside exchange can't be selected: they have no place in the picture. A number of 0 was never sent. */
function end(datagram: DatagramEnd): DatagramEnd | undefined {
  return isClientId(datagram.peer) || datagram.datagram === 0 ? undefined : datagram;
}

function entriesIn({ kind, prevLogIndex, entryCount }: MessageSummary): EntryRange | undefined {
  if (kind !== 'append-entries' || prevLogIndex === undefined || !entryCount) return undefined;
  return { first: prevLogIndex + 1, count: entryCount };
}

function range(first: number, last: number): EntryRange | undefined {
  return first > 0 && last >= first ? { first, count: last - first + 1 } : undefined;
}
