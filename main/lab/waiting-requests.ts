/** The requests of one node that wait for their answer, each with a deadline. Every one is answered exactly once. */
import type { ClientAnswer } from '../../shared/client-request.ts';
import { limits } from '../../shared/cluster-config.ts';
import type { NodeId } from '../../shared/ids.ts';
import { fail, succeed, type Failure, type Result } from '../../shared/result.ts';
import { hasTooManyRequests, takesNoRequests } from '../lab-words.ts';
import type { NodeState } from './node-life.ts';

interface Waiting<Answer> {
  readonly answer: (result: Result<Answer>) => void;
  readonly timer: NodeJS.Timeout;
}

export class WaitingRequests<Answer = ClientAnswer> {
  readonly #waiting = new Map<string, Waiting<Answer>>();

  get size(): number {
    return this.#waiting.size;
  }

  /** Whether node `id` would be sent one more. */
  takes(id: NodeId, state: NodeState): Result<null> {
    if (state === 'starting') return fail('not-running', `Node ${id} is still starting. Try again in a moment.`);
    if (state !== 'running') return { ok: false, failure: takesNoRequests(id) };
    if (this.size < limits.waitingRequestsMax) return succeed(null);
    return { ok: false, failure: hasTooManyRequests(id, limits.waitingRequestsMax) };
  }

  /** Waits for the answer to `requestId`; past `deadlineMs` it is `silence`. */
  wait(requestId: string, deadlineMs: number, silence: Failure): Promise<Result<Answer>> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.answer(requestId, { ok: false, failure: silence }), deadlineMs);
      this.#waiting.set(requestId, { answer: resolve, timer });
    });
  }

  /** Answers that nobody waits for any more are left out. */
  answer(requestId: string, result: Result<Answer>): void {
    const waiting = this.#waiting.get(requestId);
    if (!waiting) return;
    this.#waiting.delete(requestId);
    clearTimeout(waiting.timer);
    waiting.answer(result);
  }

  /** Nobody is left who could answer: the outcome of all that waits is unknown. */
  giveUp(failure: Failure): void {
    for (const requestId of this.#waiting.keys()) this.answer(requestId, { ok: false, failure });
  }
}
