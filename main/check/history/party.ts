/** Who is named in a violation: an operation, as far as it is needed to find it again. */
import type { EventName } from '../../../shared/check-event.ts';
import type { ReadMode } from '../../../shared/client-request.ts';
import type { PromiseId } from '../../../shared/promises.ts';

/** An `Operation` is one; a running check keeps no more of it than this. */
export interface Party {
  readonly kind: 'append' | 'read' | 'set-retention';
  readonly requestId: string;
  readonly client?: number;
  /** Of a read. */
  readonly mode?: ReadMode;
  /** Those that told of it; the last one stands for it. */
  readonly events?: readonly EventName[];
}

/** `append 7 of client 2`. */
export function nameOf({ kind, requestId, client }: Party): string {
  return `${kind} ${requestId}${client === undefined ? '' : ` of client ${client}`}`;
}

/** What a read of wrong contents breaks; undefined stands for the log at the end. */
export function promiseOfContents(by: Party | undefined): PromiseId {
  return by?.mode === 'local' ? 'local-reads' : 'linearizability';
}
