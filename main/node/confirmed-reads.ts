/**
 * Linearizable reads whose index the leader has confirmed, until this server has applied that index (dissertation §6.4).
 */
import type { IndexRangeRequest } from '../../shared/client-request.ts';
import type { Waiting } from './waiting-request.ts';

interface ConfirmedRead {
  readonly waiting: Waiting;
  readonly request: IndexRangeRequest;
  readonly readIndex: number;
}

export class ConfirmedReads {
  #reads: ConfirmedRead[] = [];

  add(waiting: Waiting, request: IndexRangeRequest, readIndex: number): void {
    waiting.phase = { name: 'applying' };
    this.#reads.push({ waiting, request, readIndex });
  }

  /** Its client waits no longer. */
  forget(waiting: Waiting): void {
    if (waiting.phase.name === 'applying') this.#reads = this.#reads.filter((read) => read.waiting !== waiting);
  }

  /** Takes out those that can be served now. */
  takeReady(appliedIndex: number): readonly ConfirmedRead[] {
    const ready = this.#reads.filter((read) => read.readIndex <= appliedIndex);
    if (ready.length > 0) this.#reads = this.#reads.filter((read) => read.readIndex > appliedIndex);
    return ready;
  }
}
