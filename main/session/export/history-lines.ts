/** The clients' history as a run of calls and returns, for formats that know nothing else. */
import type { EventOf } from '../../../shared/event.ts';
import type { PlacedEvent } from '../../../shared/query.ts';

export type Call = EventOf<'request-sent'>;
export type Return = EventOf<'request-answered'>;

/**
 * One process has one request under way; whose outcome is unknown is never heard of again (its number is not used again), since
 * it may take effect at any later time. A process that is free takes the next request.
 */
export class Processes {
  readonly #free: number[] = [];
  readonly #busy = new Map<string, number>();
  #next = 0;

  begin(requestId: string): number {
    const process = this.#free.pop() ?? this.#next++;
    this.#busy.set(requestId, process);
    return process;
  }

  /** @returns whose request it was; undefined when its beginning is not known */
  end(requestId: string, isOutcomeKnown: boolean): number | undefined {
    const process = this.#busy.get(requestId);
    if (process === undefined) return undefined;
    this.#busy.delete(requestId);
    if (isOutcomeKnown) this.#free.push(process);
    return process;
  }
}

/** Whether it is certain what became of a request. A read that failed has had no effect in any case. */
export function isOutcomeKnown({ request }: Call, { outcome }: Return): boolean {
  return outcome.kind !== 'failed' || outcome.outcomeKnown || request.kind === 'index-range';
}

/** What stands for each payload of an append, where the stream says so; the request and the place in it otherwise. */
export function payloadsOf({ requestId, request }: Call): readonly (number | string)[] {
  if (request.kind !== 'append') return [];
  return request.digests ?? Array.from({ length: request.entryCount }, (_, place) => `${requestId}/${place}`);
}

export function isRequest(placed: PlacedEvent): placed is { position: number; event: Call | Return } {
  return placed.event.type === 'request-sent' || placed.event.type === 'request-answered';
}
