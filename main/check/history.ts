/** Folds requests and answers of the stream into the clients' history. */
import type { EventOf, LabEvent } from '../../shared/event.ts';
import { labSourceId } from '../../shared/ids.ts';
import type { AppendOperation, PayloadDigest, ReadOperation } from './contract.ts';
import { unknownDigest } from './payload-digest.ts';

/** What the stream tells of; retentions are not in it. */
type RecordedOperation = AppendOperation | ReadOperation;

export class HistoryRecorder {
  readonly #operationsMax: number;
  #complete = true;
  #latest: { readonly boot: number; readonly sequence: number } = { boot: -1, sequence: 0 };
  readonly #asked = new Map<string, RecordedOperation>();

  /** @param operationsMax past it nothing more is recorded, and the history is incomplete */
  constructor(operationsMax = 1_000_000) {
    this.#operationsMax = operationsMax;
  }

  /** False when requests or their payloads are missing: hand `incomplete` to `checkHistory` then. */
  get complete(): boolean {
    return this.#complete;
  }

  observe(event: LabEvent): void {
    if (event.node !== labSourceId) return;
    const { boot, sequence } = event;
    const follows = boot === this.#latest.boot ? sequence === this.#latest.sequence + 1 : sequence === 1;
    if (!follows) this.#complete = false;
    this.#latest = event;
    if (event.type === 'request-sent') this.#ask(event);
    else if (event.type === 'request-answered') this.#answer(event);
  }

  /** What was asked so far, by the time that it was asked; what has no answer yet has an unknown outcome. */
  operations(): readonly RecordedOperation[] {
    return [...this.#asked.values()];
  }

  #ask(event: EventOf<'request-sent'>): void {
    if (this.#asked.size >= this.#operationsMax) this.#complete = false;
    else this.#asked.set(event.requestId, askedOf(event));
    if (event.request.kind === 'append' && !event.request.digests) this.#complete = false;
  }

  #answer(event: EventOf<'request-answered'>): void {
    const asked = this.#asked.get(event.requestId);
    if (!asked) {
      this.#complete = false;
      return;
    }
    const events = [...(asked.events ?? []), event];
    const answered = { completedNs: event.timeNs, events };
    if (asked.kind === 'append') {
      this.#asked.set(event.requestId, { ...asked, ...answered, outcome: appendOutcome(event) });
    } else {
      this.#asked.set(event.requestId, { ...asked, ...answered, outcome: readOutcome(event) });
    }
  }
}

function askedOf(event: EventOf<'request-sent'>): RecordedOperation {
  const { requestId, target, client, timeNs: invokedNs, request } = event;
  const base = {
    requestId,
    target,
    ...(client !== undefined && { client }),
    invokedNs,
    completedNs: Infinity,
    events: [event],
  };
  if (request.kind === 'index-range') {
    const { startIndex, endIndex, read: mode } = request;
    return { ...base, kind: 'read', mode, startIndex, endIndex, outcome: { kind: 'failed' } };
  }
  const { expect, session } = request;
  const conditions = { ...(expect && { expect }), ...(session && { session }) };
  return { ...base, kind: 'append', digests: digestsOf(request), ...conditions, outcome: { kind: 'unknown' } };
}

type SentAppend = Extract<EventOf<'request-sent'>['request'], { kind: 'append' }>;

/** One per entry, also where the stream does not say. */
export function digestsOf({ entryCount, digests }: SentAppend): readonly PayloadDigest[] {
  return digests ?? Array.from({ length: entryCount }, () => unknownDigest);
}

/** What an answer says of an append. */
export function appendOutcome({ outcome }: EventOf<'request-answered'>): AppendOperation['outcome'] {
  if (outcome.kind === 'appended') {
    const { firstIndex, lastIndex, term } = outcome;
    return { kind: 'ok', firstIndex, lastIndex, term };
  }
  if (outcome.kind !== 'failed' || !outcome.outcomeKnown) return { kind: 'unknown' };
  const { code, lastClientEntry: last } = outcome;
  return code === 'conflict' ? { kind: 'conflict', ...(last && { last }) } : { kind: 'failed', code };
}

/** What an answer says of a read. */
export function readOutcome({ outcome }: EventOf<'request-answered'>): ReadOperation['outcome'] {
  if (outcome.kind === 'range') {
    const { appliedIndex, entryCount, entries, continueAt } = outcome;
    const limits = continueAt !== undefined && { continueAt };
    return { kind: 'ok', appliedIndex, entryCount, ...(entries && { entries }), ...limits };
  }
  if (outcome.kind !== 'failed' || outcome.code !== 'compacted') return { kind: 'failed' };
  const { firstIndex } = outcome;
  return { kind: 'compacted', ...(firstIndex !== undefined && { firstIndex }) };
}
