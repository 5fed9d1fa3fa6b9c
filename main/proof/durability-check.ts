/**
 * Holds what left a node against what was on its disk by then: no acknowledgement and no vote before the fdatasync that covers
 * it (Raft §5.1). From the system calls of the node's thread, so that nothing of the node's own word is taken for granted but
 * the bytes themselves.
 */
import { basename } from 'node:path';
import { frameBytes, readFrame } from '../disk/frame.ts';
import { decodeBody, type DiskRecord } from '../disk/record.ts';
import { segmentOfName, segmentStart } from '../disk/segment.ts';
import type { HardState } from '../ports.ts';
import type { TracedCall } from './traced-calls.ts';
import type { TracedPromise } from './traced-promise.ts';

export interface DurabilityReport {
  /** Successful answers to AppendEntries that name an entry. */
  readonly acknowledgements: number;
  readonly votes: number;
  readonly flushes: number;
  /** What left too early, a sentence each. */
  readonly problems: readonly string[];
}

interface Known {
  readonly lastIndex: number;
  readonly hardState: HardState;
}

/** @param calls of one thread, from the first start of an empty folder on */
export function checkDurability(
  calls: readonly TracedCall[],
  promiseIn: (bytes: Uint8Array) => TracedPromise | undefined,
): DurabilityReport {
  let written: Known = { lastIndex: 0, hardState: { term: 0, votedFor: null } };
  let durable = written;
  let [acknowledgements, votes, flushes] = [0, 0, 0];
  const problems: string[] = [];
  for (const call of calls) {
    if (call.call === 'send') {
      const promise = promiseIn(call.bytes);
      if (!promise) continue;
      if (promise.matchIndex > 0) acknowledgements += 1;
      if (promise.isVote) votes += 1;
      const problem = findProblem(promise, durable);
      if (problem !== undefined) problems.push(`${problem}, after ${flushes} flushes`);
    } else if (segmentOfName(basename(call.path)) === undefined) {
      continue;
    } else if (call.call === 'write') {
      for (const record of recordsIn(call.offset, call.bytes)) written = follow(written, record);
    } else if (call.ok) {
      flushes += 1;
      durable = written;
    } else {
      problems.push(`an fdatasync of ${call.path} failed`);
    }
  }
  return { acknowledgements, votes, flushes, problems };
}

function findProblem(
  { kind, term, matchIndex, isVote }: TracedPromise,
  { lastIndex, hardState }: Known,
): string | undefined {
  if (term > hardState.term) return `${kind} of term ${term} left while term ${hardState.term} was on disk`;
  if (matchIndex > lastIndex) return `${kind} up to ${matchIndex} left while entries up to ${lastIndex} were on disk`;
  if (isVote && term === hardState.term && hardState.votedFor === null)
    return `a vote in term ${term} left that was not on disk`;
  return undefined;
}

function follow(known: Known, record: DiskRecord): Known {
  if (record.type === 'entry') return { ...known, lastIndex: record.entry.index };
  if (record.type === 'truncate') return { ...known, lastIndex: record.fromIndex - 1 };
  if (record.type === 'hard-state') return { ...known, hardState: record.hardState };
  return known;
}

/** The records of one write to a segment; none in its start and in the zeros behind its end. */
function* recordsIn(offset: number, bytes: Uint8Array): Generator<DiskRecord> {
  for (let at = offset < segmentStart ? segmentStart : 0; at < bytes.length;) {
    const frame = readFrame(bytes.subarray(at));
    const record = frame && decodeBody(bytes, at, frame);
    if (!frame || !record) return;
    yield record;
    at += frameBytes + frame.bodyBytes;
  }
}
