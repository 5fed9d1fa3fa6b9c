/** What a datagram is for, as a picture tells it: from the summary of its message. */
import type { MessageSummary } from '../net-event.ts';
import { isReply, type MessageKind } from '../raft-message.ts';

/**
 * What a datagram is for: `heartbeat` and `entries` are AppendEntries, `snapshot` a chunk of one, `vote` asks for one,
 * `handover` tells the successor to run, `client` carries a request to the leader, `reply` says yes and `refusal` no.
 */
export type FlightKind = 'heartbeat' | 'entries' | 'snapshot' | 'vote' | 'handover' | 'client' | 'reply' | 'refusal';

/** What a message is for, from its summary. */
export function flightKindOf(message: MessageSummary): FlightKind {
  if (message.success === false) return 'refusal';
  if (isReply(message.kind)) return 'reply';
  switch (message.kind) {
    case 'append-entries':
      return (message.entryCount ?? 0) > 0 ? 'entries' : 'heartbeat';
    case 'install-snapshot':
      return 'snapshot';
    case 'request-vote':
    case 'pre-vote':
      return 'vote';
    case 'timeout-now':
      return 'handover';
    default:
      return 'client';
  }
}

/** The answer to something that a leader brings. */
export function isDelivery(kind: MessageKind): boolean {
  return kind === 'append-entries-reply' || kind === 'install-snapshot-reply';
}
