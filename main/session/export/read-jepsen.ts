/** Reads what `jepsen.ts` writes, as operations for the check of main/check. */
import type { AppendOperation, Operation, ReadOperation, SeenEntry } from '../../check/contract.ts';
import { unknownDigest } from '../../check/payload-digest.ts';
import type { FailureCode } from '../../../shared/result.ts';
import type { ReadMode } from '../../../shared/client-request.ts';
import { readEdn, type EdnValue } from './read-edn.ts';
import type { ReadHistory } from './read-porcupine.ts';

type Line = ReadonlyMap<string, EdnValue>;

/** @throws Error with a sentence that says what is wrong, and where */
export function readJepsen(text: string): ReadHistory {
  const read = readEdn(text);
  // One vector of operations is as good as one operation a line.
  const [only] = read;
  const lines = read.length === 1 && Array.isArray(only) ? only : read;
  const open = new Map<EdnValue, Operation>();
  const operations: Operation[] = [];
  let incomplete = false;
  for (const [place, value] of lines.entries()) {
    const line = lineOf(value, place);
    if (line.get(':process') === ':nemesis') continue;
    const type = line.get(':type');
    const process = line.get(':process') ?? null;
    if (type === ':invoke') {
      const asked = askedOperation(line, place);
      if (asked.kind === 'append' && asked.digests.some((digest) => digest === unknownDigest)) incomplete = true;
      open.set(process, asked);
    } else {
      const asked = open.get(process);
      if (!asked)
        throw new Error(`Operation ${place} completes what process ${JSON.stringify(process)} has not invoked.`);
      open.delete(process);
      operations.push(completed(asked, line, type));
    }
  }
  return { operations: [...operations, ...open.values()], incomplete };
}

function lineOf(value: EdnValue, place: number): Line {
  if (value instanceof Map) return value;
  throw new Error(`Operation ${place} is no map.`);
}

function askedOperation(line: Line, place: number): Operation {
  const [client, requestId] = [line.get(':client'), line.get(':request-id')];
  const base = {
    requestId: typeof requestId === 'string' ? requestId : `operation ${place}`,
    target: numberAt(line, ':node'),
    ...(typeof client === 'number' && { client }),
    invokedNs: numberAt(line, ':time'),
    completedNs: Infinity,
  };
  if (line.get(':f') === ':poll') {
    const mode = nameOf(line.get(':read')) as ReadMode;
    const [startIndex, endIndex] = [numberAt(line, ':start'), numberAt(line, ':end')];
    return { ...base, kind: 'read', mode, startIndex, endIndex, outcome: { kind: 'failed' } };
  }
  const [prevLogIndex, prevLogTerm] = numbersIn(line.get(':expect'));
  const [sessionId, sequence, lowestOpen] = numbersIn(line.get(':session'));
  return {
    ...base,
    kind: 'append',
    digests: vector(line.get(':value')).map((send) => digestOf(vector(send)[2])),
    ...(prevLogIndex !== undefined && prevLogTerm !== undefined && { expect: { prevLogIndex, prevLogTerm } }),
    ...(sessionId !== undefined &&
      sequence !== undefined &&
      lowestOpen !== undefined && { session: { sessionId, sequence, lowestOpen } }),
    outcome: { kind: 'unknown' },
  };
}

function completed(asked: Operation, line: Line, type: EdnValue | undefined): Operation {
  // What is unknown may come about at any later time.
  if (type === ':info') return asked;
  const completedNs = numberAt(line, ':time');
  if (asked.kind === 'append') return { ...asked, completedNs, outcome: appendOutcome(line, type) };
  if (asked.kind === 'read') return { ...asked, completedNs, outcome: readOutcome(line, type) };
  return asked;
}

function appendOutcome(line: Line, type: EdnValue | undefined): AppendOperation['outcome'] {
  if (type === ':ok') {
    const offsets = vector(line.get(':value')).map((send) => Number(vector(vector(send)[2])[0]));
    return { kind: 'ok', firstIndex: offsets[0] ?? 0, lastIndex: offsets.at(-1) ?? 0, term: numberAt(line, ':term') };
  }
  const code = errorOf(line);
  if (code !== 'conflict') return { kind: 'failed', code: code as FailureCode };
  const [index, term] = numbersIn(line.get(':last'));
  return { kind: 'conflict', ...(index !== undefined && term !== undefined && { last: { index, term } }) };
}

function readOutcome(line: Line, type: EdnValue | undefined): ReadOperation['outcome'] {
  if (type === ':ok') {
    const continueAt = line.get(':continue-at');
    return {
      kind: 'ok',
      appliedIndex: numberAt(line, ':applied-index'),
      entryCount: numberAt(line, ':entry-count'),
      ...(line.get(':shows-entries') === true && { entries: shownEntries(line) }),
      ...(typeof continueAt === 'number' && { continueAt }),
    };
  }
  if (errorOf(line) !== 'compacted') return { kind: 'failed' };
  const firstIndex = line.get(':first-index');
  return { kind: 'compacted', ...(typeof firstIndex === 'number' && { firstIndex }) };
}

function shownEntries(line: Line): SeenEntry[] {
  const [poll] = vector(line.get(':value'));
  const shown = vector(poll)[1];
  const log = shown instanceof Map ? vector(shown.get(':log')) : [];
  const terms = numbersIn(line.get(':terms'));
  return log.map((entry, place) => {
    const [index = 0, digest = 0] = numbersIn(entry);
    return { index, term: terms[place] ?? 0, digest };
  });
}

function errorOf(line: Line): string {
  return nameOf(vector(line.get(':error'))[0]);
}

/** Of a keyword, without its colon. */
function nameOf(value: EdnValue | undefined): string {
  return typeof value === 'string' ? value.slice(1) : '';
}

function vector(value: EdnValue | undefined): readonly EdnValue[] {
  return Array.isArray(value) ? value : [];
}

function numbersIn(value: EdnValue | undefined): readonly number[] {
  return vector(value).filter((each) => typeof each === 'number');
}

function digestOf(value: EdnValue | undefined): number {
  return typeof value === 'number' ? value : unknownDigest;
}

function numberAt(line: Line, key: string): number {
  const value = line.get(key);
  if (typeof value === 'number') return value;
  throw new Error(`An operation has no number at ${key}.`);
}
