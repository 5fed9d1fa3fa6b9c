/** The requests of one node that wait for their answer, each with a deadline. Every one is answered exactly once. */
import type { ClientAnswer } from '../../shared/client-request.ts';
import { fail, type Result } from '../../shared/result.ts';

interface Waiting {
  readonly answer: (result: Result<ClientAnswer>) => void;
  readonly timer: NodeJS.Timeout;
}

export class WaitingRequests {
  readonly #waiting = new Map<string, Waiting>();

  get size(): number {
    return this.#waiting.size;
  }

  /** Waits for the answer to `requestId`; past `deadlineMs` it is `timed-out` with `message`. */
  wait(requestId: string, deadlineMs: number, message: string): Promise<Result<ClientAnswer>> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.answer(requestId, fail('timed-out', message)), deadlineMs);
      this.#waiting.set(requestId, { answer: resolve, timer });
    });
  }

  /** Answers that nobody waits for any more are left out. */
  answer(requestId: string, result: Result<ClientAnswer>): void {
    const waiting = this.#waiting.get(requestId);
    if (!waiting) return;
    this.#waiting.delete(requestId);
    clearTimeout(waiting.timer);
    waiting.answer(result);
  }

  /** Nobody is left who could answer: the outcome of all that waits is unknown. */
  giveUp(message: string): void {
    for (const requestId of this.#waiting.keys()) this.answer(requestId, fail('timed-out', message));
  }
}
