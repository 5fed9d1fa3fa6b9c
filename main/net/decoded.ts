/**
 * What reading a datagram gives: the value, or why it is refused. Reading never throws; anyone may send us anything.
 */
import type { RefusalReason } from '../../shared/event.ts';

export interface Refusal {
  readonly ok: false;
  readonly why: RefusalReason;
  /** One or two sentences for a person. */
  readonly reason: string;
}

export type Decoded<T> = { readonly ok: true; readonly value: T } | Refusal;

export function refuse(why: RefusalReason, reason: string): Refusal {
  return { ok: false, why, reason };
}
