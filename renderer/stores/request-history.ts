/**
 * The latest requests, each as it stands. Those of persons and those of a workload's clients are kept apart, so that
 * thousands a second of the ones don't push out the others.
 */
import { limits } from '../../shared/cluster-config.ts';
import type { LabEvent } from '../../shared/event.ts';
import { projectRequest, requestIdOf, type RequestRecord } from './request-record.ts';

export class RequestHistory {
  /** Oldest first. */
  readonly #byHand = new Map<string, RequestRecord>();
  readonly #ofWorkload = new Map<string, RequestRecord>();
  readonly #onForgotten: (requestId: string) => void;

  /** @param onForgotten called for each request of a person that is not kept any longer */
  constructor(onForgotten: (requestId: string) => void) {
    this.#onForgotten = onForgotten;
  }

  /** @returns the record that `event` has changed, if it has */
  take(event: LabEvent): RequestRecord | undefined {
    const id = requestIdOf(event);
    if (id === undefined) return undefined;
    const known = this.get(id);
    const record = projectRequest(known, event);
    if (!record || record === known) return undefined;
    if (record.client === undefined) this.#byHand.set(id, record);
    else this.#ofWorkload.set(id, record);
    this.#dropOldest();
    return record;
  }

  get(requestId: string): RequestRecord | undefined {
    return this.#byHand.get(requestId) ?? this.#ofWorkload.get(requestId);
  }

  /** Newest first. */
  byHand(): readonly RequestRecord[] {
    return [...this.#byHand.values()].toReversed();
  }

  /** Newest first. */
  ofWorkload(): readonly RequestRecord[] {
    return [...this.#ofWorkload.values()].toReversed();
  }

  clear(): void {
    this.#byHand.clear();
    this.#ofWorkload.clear();
  }

  #dropOldest(): void {
    for (const id of this.#byHand.keys()) {
      if (this.#byHand.size <= limits.requestHistoryMax) break;
      this.#byHand.delete(id);
      this.#onForgotten(id);
    }
    for (const id of this.#ofWorkload.keys()) {
      if (this.#ofWorkload.size <= limits.workloadHistoryMax) break;
      this.#ofWorkload.delete(id);
    }
  }
}
