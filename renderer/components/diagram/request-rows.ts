/** Requests that overlap stand in rows below each other. Pure. */
import type { RequestSpan } from '../../stores/diagram/diagram-items.ts';

export interface PlacedRequest {
  readonly request: RequestSpan;
  /** From 0; the last row takes what finds no room. */
  readonly row: number;
}

/** @param requests in the order in which they were asked, chunk by chunk */
export function requestRowsOf(requests: readonly RequestSpan[], rows: number): readonly PlacedRequest[] {
  const busyUntil = Array.from({ length: rows }, () => -Infinity);
  return requests
    .toSorted((one, other) => one.sentNs - other.sentNs)
    .map((request) => {
      const free = busyUntil.findIndex((until) => until <= request.sentNs);
      const row = free < 0 ? rows - 1 : free;
      busyUntil[row] = Math.max(busyUntil[row] ?? 0, request.answeredNs);
      return { request, row };
    });
}
