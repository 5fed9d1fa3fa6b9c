/**
 * The forms of requests and answers between clients and servers: an integer before each, whose lowest three bits are its
 * kind, and whose others say what follows. What is as in the one before is left out.
 */
import type { ClientRequest } from '../../shared/client-request.ts';

/** A kind's place is its number, of the request and of its answer: append only. */
export const requestKinds: readonly ClientRequest['kind'][] = [
  'append',
  'index-range',
  'open-session',
  'set-retention',
  'change-membership',
  'transfer-leadership',
];

export const kindMask = 7;
export const appendKind = 0;
/** Of an answer. */
export const failureKind = 7;

export const requestForm = {
  /** Otherwise it is the number after the one before. */
  number: 8,
  /** Otherwise it is that of the request before. */
  timeout: 16,
  /** Of an append: the session of the append before goes on. */
  goesOn: 32,
  session: 64,
  expects: 128,
  /** Otherwise it has one entry. */
  entries: 256,
  /** Of a range. */
  internal: 32,
  readMode: 64,
  /** Of a change of membership: otherwise joint. */
  singleServer: 32,
} as const;

/** What the bits from 32 up may be, by kind. */
export const requestFormBits: readonly number[] = [
  requestForm.goesOn | requestForm.session | requestForm.expects | requestForm.entries,
  requestForm.internal | requestForm.readMode,
  0,
  0,
  requestForm.singleServer,
  0,
];

export const answerForm = {
  /** Otherwise it is the number after the one before. */
  number: 8,
  /** Of an append: otherwise its first entry stands right behind the last one of the append before. */
  firstIndex: 16,
  /** Otherwise it has one entry. */
  lastIndex: 32,
  /** Otherwise it is of the term of the append before. */
  term: 64,
  /** Of a range. */
  continueAt: 16,
  /** Of a failure. */
  lastClientEntry: 16,
  leaderId: 32,
  firstHeldIndex: 64,
} as const;

/** What the bits from 16 up may be, by kind. */
export const answerFormBits: readonly (number | undefined)[] = [
  answerForm.firstIndex | answerForm.lastIndex | answerForm.term,
  answerForm.continueAt,
  0,
  0,
  0,
  0,
  undefined,
  answerForm.lastClientEntry | answerForm.leaderId | answerForm.firstHeldIndex,
];
