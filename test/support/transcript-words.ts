/**
 * What transcripts say about messages, inputs, writes and answers: short lines, one per thing. `3:2` is the entry at index
 * 3, of term 2; `#5` the sender's number of a call, counted from its start.
 */
import { assertNever } from '../../shared/assert.ts';
import { describeConfiguration } from '../../shared/configuration.ts';
import type { LogEntry } from '../../shared/log-entry.ts';
import type { AppendEntries, AppendEntriesReply, ConsensusMessage } from '../../shared/raft-message.ts';
import { messageName } from '../../shared/projection/log-line-net.ts';
import type {
  CoreInput,
  LeaderOutcome,
  PersistEffect,
  ProposalOutcome,
  ReadOutcome,
} from '../../main/raft/contract.ts';

/** @param call the number of the call that it is, or answers */
export function messageText(message: ConsensusMessage, call: number): string {
  return `${contentText(message)} #${call}`;
}

function contentText(message: ConsensusMessage): string {
  const { kind, term } = message;
  const name = messageName(kind);
  switch (kind) {
    case 'pre-vote':
    case 'request-vote': {
      const transfer = kind === 'request-vote' && message.transfer ? ', its leader asked for it' : '';
      return `${name} for term ${term}, log ends at ${message.lastLogIndex}:${message.lastLogTerm}${transfer}`;
    }
    case 'pre-vote-reply':
    case 'request-vote-reply':
      return `${name} ${message.voteGranted ? 'yes' : 'no'}, in term ${term}`;
    case 'append-entries':
      return appendText(message);
    case 'append-entries-reply':
      return `${name} ${answerText(message)}, in term ${term}`;
    case 'install-snapshot': {
      const { lastIncludedIndex, lastIncludedTerm, offset, data, totalBytes } = message;
      const bytes = `bytes ${offset}–${offset + data.length - 1} of ${totalBytes}`;
      return `${name} in term ${term}, up to ${lastIncludedIndex}:${lastIncludedTerm}, ${bytes}`;
    }
    case 'install-snapshot-reply': {
      const { lastIncludedIndex, installed, nextOffset } = message;
      return `${name} up to ${lastIncludedIndex}: ${installed ? 'installed' : `go on at byte ${nextOffset}`}, in term ${term}`;
    }
    case 'timeout-now':
      return `${name} in term ${term}`;
    case 'read-index':
      return `${name} ${message.mode}, in term ${term}`;
    case 'read-index-reply':
      return `${name} ${message.success ? `index ${message.readIndex}` : 'no'}, in term ${term}`;
    default:
      return assertNever(message, 'message');
  }
}

function appendText({ kind, term, prevLogIndex, prevLogTerm, entries, leaderCommit }: AppendEntries): string {
  const what = entries.length === 0 ? 'heartbeat' : messageName(kind);
  const load = entries.length === 0 ? '' : `: ${entries.map(entryText).join(', ')}`;
  return `${what} in term ${term}, commit ${leaderCommit}, behind ${prevLogIndex}:${prevLogTerm}${load}`;
}

function answerText({ success, matchIndex, conflictTerm, conflictIndex }: AppendEntriesReply): string {
  if (success) return `yes, match ${matchIndex}`;
  if (conflictTerm > 0) return `no, has term ${conflictTerm} from ${conflictIndex} on`;
  return conflictIndex > 0 ? `no, log ends at ${conflictIndex - 1}` : 'no';
}

/** `4:2 foo`: entry 4, of term 2. */
export function entryText(entry: LogEntry): string {
  return `${entry.index}:${entry.term} ${payloadText(entry)}`.trimEnd();
}

/** Entries of the logs that a scenario begins with carry their place, which says nothing new. */
export function payloadText({ index, term, kind, payload, configuration }: LogEntry): string {
  if (configuration) return describeConfiguration(configuration);
  const text = kind === 'client' ? new TextDecoder().decode(payload) : kind;
  return text === `${index}:${term}` ? '' : text;
}

/** What makes a server take a step, other than a message or a timer. */
export function inputText(input: Exclude<CoreInput, { type: 'message' | 'deadline-passed' }>): string {
  switch (input.type) {
    case 'propose': {
      const texts = input.proposals.flatMap(({ entries }) =>
        entries.map(({ payload }) => new TextDecoder().decode(payload)),
      );
      return `a client appends ${texts.join(', ')} (request ${input.proposals.map(({ ticket }) => ticket).join(', ')})`;
    }
    case 'read':
      return `a client reads${input.mode === 'lease' ? ' by lease' : ''} (request ${input.tickets.join(', ')})`;
    case 'change-membership': {
      const { mode, voters, learners } = input.change;
      return `is asked for ${describeConfiguration({ voters, outgoing: [], learners })}, ${mode} (request ${input.ticket})`;
    }
    case 'transfer-leadership':
      return `is asked to hand its office to ${input.to} (request ${input.ticket})`;
    case 'persisted':
      return `its disk has everything up to write ${input.write}`;
    case 'snapshot-persisted':
      return `its disk has the snapshot up to ${input.snapshot.lastIncludedIndex}`;
    case 'configure':
      return 'is set anew';
    default:
      return assertNever(input, 'input');
  }
}

/** `write 3: term 2, vote 1, entries 4:2 foo`. */
export function writeText({ write, hardState, installSnapshot, truncateFrom, entries = [] }: PersistEffect): string {
  const parts: string[] = [];
  if (hardState)
    parts.push(`term ${hardState.term}, ${hardState.votedFor === null ? 'no vote' : `vote for ${hardState.votedFor}`}`);
  if (installSnapshot) parts.push(`snapshot up to ${installSnapshot.lastIncludedIndex}`);
  if (truncateFrom !== undefined) parts.push(`nothing from ${truncateFrom} on`);
  if (entries.length > 0) parts.push(entries.map(entryText).join(', '));
  return `write ${write}: ${parts.join('; ')}`;
}

/** The answer to a client or an operator, by the number of the request. */
export function outcomeText(outcome: ProposalOutcome | ReadOutcome | LeaderOutcome): string {
  return `answers request ${outcome.ticket}: ${whatBecame(outcome)}`;
}

function whatBecame(outcome: ProposalOutcome | ReadOutcome | LeaderOutcome): string {
  switch (outcome.kind) {
    case 'appended':
      return `${outcome.lastIndex}:${outcome.term}, if that commits`;
    case 'not-leader':
      return outcome.leaderId === null ? 'not the leader, and knows none' : `not the leader, ask ${outcome.leaderId}`;
    case 'transferring':
      return 'not while the office is handed over, ask again';
    case 'confirmed':
      return `confirmed, to be served at index ${outcome.readIndex}`;
    case 'ask-again':
      return 'ask again';
    case 'done':
      return outcome.index === 0 ? 'done' : `done at ${outcome.index}`;
    case 'refused':
    case 'unknown':
      return `${outcome.kind}: ${outcome.reason}`;
    default:
      return assertNever(outcome, 'outcome');
  }
}
