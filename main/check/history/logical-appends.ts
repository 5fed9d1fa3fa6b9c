/**
 * Appends as the log knows them: all sends of one request of a session are one append (dissertation §6.3); any other request is
 * one of its own.
 */
import type { AppendOperation, PayloadDigest } from '../contract.ts';
import type { Expectation } from '../../../shared/log-entry.ts';
import { nameOf, type HistoryBook } from './history-book.ts';

/** Where an append stands; both ends included. */
export interface Place {
  readonly firstIndex: number;
  readonly lastIndex: number;
  readonly term: number;
}

export interface LogicalAppend {
  /** The send that speaks for it. */
  readonly operation: AppendOperation;
  readonly inSession: boolean;
  readonly digests: readonly PayloadDigest[];
  readonly expect: Expectation | undefined;
  /** Of the first send that may have done it. */
  readonly invokedNs: number;
  /** Of the first answer; `Infinity` when its outcome is not known. */
  readonly completedNs: number;
  readonly outcome: 'ok' | 'refused' | 'failed' | 'unknown';
  /** Of a refusal: the last client entry that the answer names. */
  readonly last: { readonly index: number; readonly term: number } | undefined;
  /** Of one that had its effect, as far as is known. */
  place: Place | undefined;
}

export function logicalAppends(operations: readonly AppendOperation[], book: HistoryBook): LogicalAppend[] {
  const appends: LogicalAppend[] = [];
  const bySequence = new Map<string, AppendOperation[]>();
  for (const operation of operations) {
    const { session } = operation;
    if (!session) {
      appends.push(oneOf([operation]));
      continue;
    }
    const key = `${session.sessionId}/${session.sequence}`;
    const sends = bySequence.get(key);
    if (sends) sends.push(operation);
    else bySequence.set(key, [operation]);
  }
  for (const sends of bySequence.values()) {
    checkAnswers(sends, book);
    appends.push(oneOf(sends));
  }
  return appends;
}

function oneOf(sends: readonly AppendOperation[]): LogicalAppend {
  const answers = (kind: AppendOperation['outcome']['kind']): AppendOperation[] =>
    sends.filter((send) => send.outcome.kind === kind);
  const [done, refused, unknown] = [answers('ok'), answers('conflict'), answers('unknown')];
  const told = done.length > 0 ? done : refused;
  // What certainly had no effect does not speak for it, unless there is nothing else.
  const possible = told.length + unknown.length > 0 ? [...told, ...unknown] : sends;
  const operation = earliest(told, 'completedNs') ?? earliest(possible, 'invokedNs');
  if (!operation) throw new Error('an append was sent at least once');
  const { outcome } = operation;
  return {
    operation,
    inSession: operation.session !== undefined,
    digests: operation.digests,
    expect: operation.expect,
    invokedNs: earliest(possible, 'invokedNs')?.invokedNs ?? 0,
    completedNs: earliest(told, 'completedNs')?.completedNs ?? Infinity,
    outcome: done.length > 0 ? 'ok' : refused.length > 0 ? 'refused' : unknown.length > 0 ? 'unknown' : 'failed',
    last: outcome.kind === 'conflict' ? outcome.last : undefined,
    place: outcome.kind === 'ok' ? outcome : undefined,
  };
}

function earliest(sends: readonly AppendOperation[], by: 'invokedNs' | 'completedNs'): AppendOperation | undefined {
  let first: AppendOperation | undefined;
  for (const send of sends) if (!first || send[by] < first[by]) first = send;
  return first;
}

/** Every answer to the same request of a session is the first one. */
function checkAnswers(sends: readonly AppendOperation[], book: HistoryBook): void {
  let first: AppendOperation | undefined;
  for (const send of sends) {
    const { kind } = send.outcome;
    if (kind !== 'ok' && kind !== 'conflict') continue;
    first ??= send;
    const [left, right] = [answerOf(first), answerOf(send)];
    if (left === right) continue;
    const request = `request ${send.session?.sequence} of session ${send.session?.sessionId}`;
    book.report(
      'exactly-once',
      [send, first],
      `The same ${request} was answered with ${left} and with ${right} (${nameOf(first)}, ${nameOf(send)}).`,
    );
  }
}

function answerOf({ outcome }: AppendOperation): string {
  if (outcome.kind === 'ok') return `entries ${outcome.firstIndex} to ${outcome.lastIndex} of term ${outcome.term}`;
  if (outcome.kind !== 'conflict') return outcome.kind;
  return outcome.last ? `a refusal at entry ${outcome.last.index} of term ${outcome.last.term}` : 'a refusal';
}
