/**
 * What this page sent, in full: the stream only describes an append's entries. Kept to be sent again, so bounded; what
 * was forgotten can be read in the history, but not repeated.
 */
import type { EventOf } from '../../shared/event.ts';
import type { NodeId } from '../../shared/ids.ts';
import { describes, type PanelRequest } from './request-record.ts';

/** Entries kept, in bytes of payload; past it the oldest requests are forgotten. */
export const sentBytesMax = 32 * 1024 * 1024;
/** Requests that the stream has not told of yet. */
const unnamedMax = 100;

interface Unnamed {
  readonly node: NodeId;
  readonly request: PanelRequest;
}

export class SentRequests {
  readonly #named = new Map<string, PanelRequest>();
  /** Oldest first, as in `#named`. */
  #unnamed: Unnamed[] = [];
  #bytes = 0;

  /** Before it goes to the lab, which gives it its name. */
  add(node: NodeId, request: PanelRequest): void {
    this.#unnamed.push({ node, request });
    this.#bytes += payloadBytesOf(request);
    while (this.#unnamed.length > unnamedMax) this.#forgetOldestUnnamed();
    for (const requestId of this.#named.keys()) {
      if (this.#bytes <= sentBytesMax) return;
      this.forget(requestId);
    }
    while (this.#bytes > sentBytesMax) this.#forgetOldestUnnamed();
  }

  /** The stream tells of a request: the oldest one that fits the description, if it is of this page. */
  name({ requestId, target, request }: EventOf<'request-sent'>): void {
    const position = this.#unnamed.findIndex(
      (unnamed) => unnamed.node === target && describes(request, unnamed.request),
    );
    const [found] = position < 0 ? [] : this.#unnamed.splice(position, 1);
    if (found) this.#named.set(requestId, found.request);
  }

  /** Undefined when it is of another page, or forgotten. */
  find(requestId: string): PanelRequest | undefined {
    return this.#named.get(requestId);
  }

  forget(requestId: string): void {
    const request = this.#named.get(requestId);
    if (!request) return;
    this.#named.delete(requestId);
    this.#bytes -= payloadBytesOf(request);
  }

  /** All that have a name. */
  forgetAll(): void {
    for (const requestId of this.#named.keys()) this.forget(requestId);
  }

  #forgetOldestUnnamed(): void {
    const oldest = this.#unnamed.shift();
    if (oldest) this.#bytes -= payloadBytesOf(oldest.request);
  }
}

function payloadBytesOf(request: PanelRequest): number {
  return request.kind === 'append' ? request.entries.reduce((sum, entry) => sum + entry.byteLength, 0) : 0;
}
