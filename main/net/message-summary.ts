/**
 * What the stream says about a message: numbers, never payloads.
 */
import { assertNever } from '../../shared/assert.ts';
import type { MessageSummary } from '../../shared/event.ts';
import type { RaftMessage } from '../../shared/raft-message.ts';

export function summarizeMessage(message: RaftMessage): MessageSummary {
  const { kind, round } = message;
  switch (kind) {
    case 'pre-vote':
    case 'request-vote':
      return { kind, round, term: message.term, lastLogIndex: message.lastLogIndex, lastLogTerm: message.lastLogTerm };
    case 'pre-vote-reply':
    case 'request-vote-reply':
      return { kind, round, term: message.term, success: message.voteGranted };
    case 'append-entries': {
      const { term, prevLogIndex, prevLogTerm, leaderCommit } = message;
      return { kind, round, term, prevLogIndex, prevLogTerm, entryCount: message.entries.length, leaderCommit };
    }
    case 'append-entries-reply':
      return { kind, round, term: message.term, success: message.success, matchIndex: message.matchIndex };
    case 'install-snapshot': {
      const { term, lastIncludedIndex, offset, totalBytes } = message;
      return { kind, round, term, lastIncludedIndex, offset, totalBytes, byteCount: message.data.byteLength };
    }
    case 'install-snapshot-reply': {
      const { term, lastIncludedIndex, nextOffset: offset, installed: success } = message;
      return { kind, round, term, lastIncludedIndex, offset, success };
    }
    case 'read-index':
    case 'timeout-now':
      return { kind, round, term: message.term };
    case 'read-index-reply':
      return { kind, round, term: message.term, success: message.success };
    case 'forward-append':
      return { kind, round, term: message.term, entryCount: message.entries.length };
    case 'forward-append-reply':
      return { kind, round, success: message.answer !== undefined };
    case 'client-call':
      return { kind, round, requestCount: message.requests.length };
    case 'client-call-reply':
      return { kind, round, requestCount: message.answers.length };
    default:
      return assertNever(message, 'summarizeMessage');
  }
}
