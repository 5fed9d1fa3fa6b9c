/**
 * What a leader sends in one term says the same thing again and again: entries of a log that only grows, and a commit
 * index that only rises. Of all AppendEntries of a leader to a follower only the most that they said is kept, and any part
 * of it may arrive; the same goes for acknowledgements. That is more than a network could do, so nothing is missed.
 */
import type { AppendEntries, AppendEntriesReply, ConsensusMessage } from '../../../shared/raft-message.ts';
import type { Flight } from './abstract-state.ts';
import type { FlightTable } from './flights.ts';

/** Of an AppendEntries: entries from `firstIndex` on, `count` of them, with this commit index. Of an acknowledgement: up to where. */
export type Part =
  | { readonly firstIndex: number; readonly count: number; readonly leaderCommit: number }
  | { readonly matchIndex: number };

/** An AppendEntries from the first entry to `lastIndex`: what all others are parts of. */
export function wholePrefix(
  lastIndex: number,
  termOf: (index: number) => number,
): Pick<AppendEntries, 'prevLogIndex' | 'prevLogTerm' | 'entries'> {
  const payload = new Uint8Array(0);
  const entries = Array.from({ length: lastIndex }, (_, position) => {
    const index = position + 1;
    return { index, term: termOf(index), kind: 'client' as const, payload };
  });
  return { prevLogIndex: 0, prevLogTerm: 0, entries };
}

/** Every part that may arrive; undefined is the message as it is. */
export function partsOf({ message }: Flight): readonly (Part | undefined)[] {
  if (message.kind === 'append-entries-reply' && message.success) {
    return Array.from({ length: message.matchIndex + 1 }, (_, matchIndex) => ({ matchIndex }));
  }
  if (message.kind !== 'append-entries') return [undefined];
  const parts: Part[] = [];
  const { length } = message.entries;
  for (let firstIndex = 1; firstIndex <= length + 1; firstIndex++) {
    for (let count = 0; count <= length + 1 - firstIndex; count++) {
      // A commit index above the last entry that comes along says no more than that entry's (Figure 2: the minimum counts).
      const commitMax = Math.min(message.leaderCommit, firstIndex - 1 + count);
      for (let leaderCommit = 0; leaderCommit <= commitMax; leaderCommit++)
        parts.push({ firstIndex, count, leaderCommit });
    }
  }
  return parts;
}

export function takePart(message: ConsensusMessage, part: Part): ConsensusMessage {
  if (message.kind === 'append-entries-reply' && 'matchIndex' in part)
    return { ...message, matchIndex: part.matchIndex };
  if (message.kind !== 'append-entries' || !('count' in part)) return message;
  const { firstIndex, count, leaderCommit } = part;
  const prevLogTerm = message.entries[firstIndex - 2]?.term ?? 0;
  const entries = message.entries.slice(firstIndex - 1, firstIndex - 1 + count);
  return { ...message, prevLogIndex: firstIndex - 1, prevLogTerm, entries, leaderCommit };
}

/** Puts a message among those under way: into the one that says the same and more, where there is one. */
export function addFlight(numbers: number[], number: number, flights: FlightTable): void {
  const { from, to, message } = flights.get(number);
  const position = numbers.findIndex((other) => {
    const flight = flights.get(other);
    return flight.from === from && flight.to === to && saysAlike(flight.message, message);
  });
  const known = numbers[position];
  if (known === undefined) {
    if (!numbers.includes(number)) numbers.push(number);
    return;
  }
  numbers[position] = flights.numberOf(from, to, more(flights.get(known).message, message));
}

function saysAlike(left: ConsensusMessage, right: ConsensusMessage): boolean {
  if (left.kind !== right.kind || left.term !== right.term) return false;
  return left.kind === 'append-entries' || isAcknowledgement(left, right);
}

function isAcknowledgement(left: ConsensusMessage, right: ConsensusMessage): boolean {
  const isOne = (message: ConsensusMessage): message is AppendEntriesReply =>
    message.kind === 'append-entries-reply' && message.success;
  return isOne(left) && isOne(right);
}

function more(left: ConsensusMessage, right: ConsensusMessage): ConsensusMessage {
  if (left.kind === 'append-entries' && right.kind === 'append-entries') {
    const { entries } = left.entries.length > right.entries.length ? left : right;
    return { ...left, entries, leaderCommit: Math.max(left.leaderCommit, right.leaderCommit) };
  }
  if (left.kind === 'append-entries-reply' && right.kind === 'append-entries-reply') {
    return { ...left, matchIndex: Math.max(left.matchIndex, right.matchIndex) };
  }
  return left;
}
