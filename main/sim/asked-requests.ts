/** The requests of one process that it has not answered, in order. */
import type { ClientAnswer } from '../../shared/client-request.ts';
import type { Failure, Result } from '../../shared/result.ts';

export type Answer = (result: Result<ClientAnswer>) => void;

export class AskedRequests {
  readonly #asked = new Map<string, Answer>();

  add(requestId: string, answer: Answer): void {
    this.#asked.set(requestId, answer);
  }

  answer(requestId: string, result: Result<ClientAnswer>): void {
    const answer = this.#asked.get(requestId);
    this.#asked.delete(requestId);
    answer?.(result);
  }

  /** Nobody is left who could answer. What those who hear of it ask now is not of this process. */
  giveUp(failure: Failure): void {
    const asked = [...this.#asked.values()];
    this.#asked.clear();
    for (const answer of asked) answer({ ok: false, failure });
  }
}
