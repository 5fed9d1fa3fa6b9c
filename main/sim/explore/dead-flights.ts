/**
 * Messages that can't do anything any more, whatever happens: leaving them out merges worlds that behave alike.
 *
 * What a message of an older term brings about is a refusal, and a refusal does one thing: it tells its receiver a higher
 * term. Refusals are not kept either; instead every server may hear of any term that another one is in, at any time
 * (`moves.ts`). That is more than a network could do, so nothing is missed.
 */
import type { ConsensusMessage } from '../../../shared/raft-message.ts';
import { isRuleOn, type RaftState } from '../../raft/state.ts';
import type { Flight } from './abstract-state.ts';

/** @param receiver as it is now; neither its term nor its vote in that term ever goes back. */
export function isDead({ from, message }: Flight, receiver: RaftState): boolean {
  if (isRefusal(message)) return true;
  if (message.term > receiver.term) return false;
  if (message.term < receiver.term) return isRuleOn(receiver, 'stale-term');
  const { role } = receiver;
  switch (message.kind) {
    case 'request-vote':
      // Answered already, or refused for the whole of this term.
      return receiver.votedFor === from || (receiver.votedFor !== null && isRuleOn(receiver, 'one-vote-per-term'));
    case 'request-vote-reply':
      // A server runs once in a term, and counts each voter once.
      return (
        role.name !== 'candidate' || (isRuleOn(receiver, 'distinct-voters') && role.votes.some(({ id }) => id === from))
      );
    case 'append-entries-reply': {
      const progress = role.name === 'leader' ? role.progress.get(from) : undefined;
      if (!progress) return true;
      return message.success && progress.mode === 'replicate' && message.matchIndex <= progress.matchIndex;
    }
    default:
      return false;
  }
}

/** Only the term in it means anything to its receiver. */
function isRefusal(message: ConsensusMessage): boolean {
  if (message.kind === 'request-vote-reply') return !message.voteGranted;
  return message.kind === 'append-entries-reply' && !message.success && message.conflictIndex === 0;
}
