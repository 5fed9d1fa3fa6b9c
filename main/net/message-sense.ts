/**
 * Whether the fields of a well-formed message go together. No correct server sends what is refused here, and the core
 * may assert what it relies on: a stranger's datagram must not be able to stop a node.
 */
import { assert } from '../../shared/assert.ts';
import type { NodeId } from '../../shared/ids.ts';
import { limits } from '../../shared/cluster-config.ts';
import type { AppendEntries, InstallSnapshot, PreVote, RaftMessage, RequestVote } from '../../shared/raft-message.ts';

/**
 * A sentence that says what is absurd about the message; undefined when it makes sense.
 * @param currentTerm the receiver's own term; undefined when it is not known.
 */
export function describeNonsense(message: RaftMessage, currentTerm: number | undefined): string | undefined {
  if ('term' in message && currentTerm !== undefined && message.term - currentTerm > limits.termJumpMax) {
    return `Its term ${message.term} is more than ${limits.termJumpMax} above this node's term ${currentTerm}.`;
  }
  if (message.kind === 'request-vote' || message.kind === 'pre-vote') return describeVoteNonsense(message);
  if (message.kind === 'append-entries') return describeAppendNonsense(message);
  if (message.kind === 'install-snapshot') return describeSnapshotNonsense(message);
  if (message.kind === 'timeout-now' && message.term === 0) return nobodyLeads;
  return undefined;
}

function describeVoteNonsense({ term, lastLogIndex, lastLogTerm }: PreVote | RequestVote): string | undefined {
  return describePlaceNonsense('last', lastLogIndex, lastLogTerm, term);
}

function describeAppendNonsense({ term, prevLogIndex, prevLogTerm, entries }: AppendEntries): string | undefined {
  const nonsense = describePlaceNonsense('previous', prevLogIndex, prevLogTerm, term);
  if (nonsense !== undefined) return nonsense;
  let latestTerm = prevLogTerm;
  for (const entry of entries) {
    if (entry.term < latestTerm)
      return `Entry ${entry.index} has term ${entry.term} behind an entry of term ${latestTerm}; terms never fall in a log.`;
    latestTerm = entry.term;
  }
  if (latestTerm > term) return `It brings an entry of term ${latestTerm}, but its sender is in term ${term}.`;
  return undefined;
}

const nobodyLeads = 'Its sender leads in term 0; the first term is 1.';

function describeSnapshotNonsense({ term, lastIncludedTerm }: InstallSnapshot): string | undefined {
  if (term === 0) return nobodyLeads;
  if (lastIncludedTerm > term) return `Its snapshot is of term ${lastIncludedTerm}, but its sender is in term ${term}.`;
  return undefined;
}

/** An index and the term of the entry there; both are 0 for the place before the first entry. */
function describePlaceNonsense(which: string, index: number, logTerm: number, term: number): string | undefined {
  if (term === 0) return 'Its sender speaks for itself in term 0; the first term is 1.';
  if ((index === 0) !== (logTerm === 0))
    return `Its ${which} entry is at index ${index} with term ${logTerm}; both are 0 or none is.`;
  if (logTerm > term) return `Its ${which} entry is of term ${logTerm}, but its sender is in term ${term}.`;
  return undefined;
}

/**
 * The wire names the sender once; candidateId and leaderId are not sent.
 * @throws AssertionError when a message names another one.
 */
export function assertSpeaksForItself(message: RaftMessage, self: NodeId): void {
  if (message.kind === 'request-vote') assert(message.candidateId === self, 'A server asks for votes for itself.');
  if (message.kind === 'append-entries' || message.kind === 'install-snapshot')
    assert(message.leaderId === self, 'A leader speaks for itself.');
}
