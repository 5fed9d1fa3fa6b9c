/**
 * Real time against the one order: what was answered before something else was asked stands before it. Positions are revealed (an
 * append by its index, a read by what was applied), so for each operation it is enough to know how far the answers reached when it
 * was asked; README.md has the argument.
 */
import type { PromiseId } from '../../../shared/promises.ts';
import type { HistoryBook } from './history-book.ts';
import { nameOf, type Party } from './party.ts';

/** How far answers reach, and the first one that reached so far. */
export interface Floor {
  readonly position: number;
  readonly party: Party | undefined;
}

/** Who reaches how far: everything that was answered so far. Never changed: what was asked keeps those of its moment. */
export interface Floors {
  /** Stands at its last index. */
  readonly append: Floor;
  /** Stands behind everything that was applied. */
  readonly read: Floor;
  readonly lease: Floor;
  /** Stands anywhere between the entry that it names and the next append. */
  readonly refusal: Floor;
  /** Reads that may be stale, so that nothing but later appends is bound by them. */
  readonly stale: Floor;
}

const nobody: Floor = { position: -1, party: undefined };
export const noFloors: Floors = { append: nobody, read: nobody, lease: nobody, refusal: nobody, stale: nobody };

export function raised(floors: Floors, by: keyof Floors, position: number, party: Party): Floors {
  if (position <= floors[by].position) return floors;
  const { append, read, lease, refusal, stale } = floors;
  const floor = { position, party };
  // Always of the same shape, and without a copy of unknown fields: one is made for nearly every answer.
  return {
    append: by === 'append' ? floor : append,
    read: by === 'read' ? floor : read,
    lease: by === 'lease' ? floor : lease,
    refusal: by === 'refusal' ? floor : refusal,
    stale: by === 'stale' ? floor : stale,
  };
}

/** No append that was asked then stands here or before. */
export function answeredTo({ append, read, lease, refusal, stale }: Floors): number {
  return Math.max(append.position, read.position, lease.position, refusal.position, stale.position);
}

/** An append stands behind every append, read and refusal that was answered before it was asked. */
export function checkAppend(party: Party, position: number, floors: Floors, book: HistoryBook): void {
  const { append, read, lease, refusal, stale } = floors;
  if (append.position > position) tellOrder(party, position, append, book);
  else if (refusal.position >= position) tellNamed(refusal, party, position, book);
  if (read.position >= position) tellAhead(read, party, position, book);
  if (lease.position >= position) tellAhead(lease, party, position, book);
  if (stale.position >= position) tellAhead(stale, party, position, book);
}

/** A read that is not stale shows every append, read and refusal that was answered before it was asked. */
export function checkRead(party: Party, position: number, floors: Floors, book: HistoryBook): void {
  const { append, read, lease, refusal } = floors;
  if (append.position > position) tellStale(party, position, append, book);
  else if (read.position > position) tellStale(party, position, read, book);
  else if (refusal.position > position) tellOrder(party, position, refusal, book);
  else if (lease.position > position) tellStale(party, position, lease, book);
}

/** A refusal names no entry before one that was answered, or named, before it was asked. */
export function checkRefusal(party: Party, position: number, { append, refusal }: Floors, book: HistoryBook): void {
  if (append.position > position) tellOrder(party, position, append, book);
  else if (refusal.position > position) tellOrder(party, position, refusal, book);
}

/** Whether a read shows less than what was answered before it was asked. */
export function isStale(position: number, { append, read, lease, refusal }: Floors): boolean {
  return Math.max(append.position, read.position, lease.position, refusal.position) > position;
}

/** That a read shows what was answered, and not what was asked later. */
function promiseOf({ mode }: Party): PromiseId {
  return mode === 'local' ? 'local-reads' : mode === 'lease' ? 'lease-reads' : 'linearizability';
}

function tellOrder(party: Party, position: number, { party: other, position: at }: Floor, book: HistoryBook): void {
  if (!other) return;
  const sentence = `The ${nameOf(party)} stands at ${position}, before the ${nameOf(other)} at ${at}, which was answered before the former was asked.`;
  book.report(party.mode === 'lease' ? 'lease-reads' : 'linearizability', [party, other], sentence);
}

function tellStale(party: Party, position: number, { party: other, position: at }: Floor, book: HistoryBook): void {
  if (!other) return;
  const what = `Stale: the ${nameOf(party)} shows the log up to ${position}, and the ${nameOf(other)}`;
  const sentence =
    other.kind === 'append'
      ? `${what} at ${at} was answered before it began.`
      : `${what} before it had shown it up to ${at}.`;
  const isLease = party.mode === 'lease' || other.mode === 'lease';
  book.report(isLease ? 'lease-reads' : 'linearizability', [party, other], sentence);
}

function tellNamed({ party: refusal, position: at }: Floor, append: Party, position: number, book: HistoryBook): void {
  if (!refusal) return;
  const sentence = `The ${nameOf(refusal)} was refused with an entry at ${at}, and the ${nameOf(append)} at ${position} was asked only after that.`;
  book.report('linearizability', [refusal, append], sentence);
}

function tellAhead({ party: read, position: shown }: Floor, append: Party, position: number, book: HistoryBook): void {
  if (!read) return;
  const sentence = `The ${nameOf(read)} shows the log up to ${shown}, and the ${nameOf(append)} at ${position} was asked only after its answer.`;
  book.report(promiseOf(read), [read, append], sentence);
}
