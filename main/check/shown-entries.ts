/**
 * Which answers to reads carry their entries in the stream, for the check of the clients' history. Events are kept for pages, so on
 * average an answer may carry so many entries and no more; what was saved up lets large ones through.
 */
import type { RangeEntry } from '../../shared/client-request.ts';
import type { EventOf } from '../../shared/event.ts';
import { payloadDigest } from './payload-digest.ts';

type ShownRange = Extract<EventOf<'request-answered'>['outcome'], { kind: 'range' }>;

const savedMax = 50_000;
const savedPerAnswer = 100;

export class ShownEntries {
  #saved = savedMax;

  /** Undefined when these are too many. Entries without an effect are left out. */
  take(entries: readonly RangeEntry[]): ShownRange['entries'] {
    this.#saved = Math.min(savedMax, this.#saved + savedPerAnswer);
    if (entries.length > this.#saved) return undefined;
    this.#saved -= entries.length;
    return entries
      .filter(({ kind, refused }) => kind === 'client' && refused !== true)
      .map(({ index, term, payload }) => ({ index, term, digest: payloadDigest(payload) }));
  }
}
