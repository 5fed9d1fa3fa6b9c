/** The requests that have no answer yet, and when each is to be looked at again. */
import { limits } from '../../shared/cluster-config.ts';
import type { NodeId } from '../../shared/ids.ts';
import { RisingMap } from '../../shared/rising-map.ts';
import { isLocalRead, isRepeatable, type PendingRequest } from './pending-request.ts';

/** Requests are not sent again sooner than this, however often servers contradict each other about who leads. */
const repeatMinMs = limits.clientRetryMinMs;

export class OpenRequests {
  /** In order of arrival. Iterations bear requests that come and go meanwhile. */
  readonly #byNumber = new RisingMap<PendingRequest>();

  get size(): number {
    return this.#byNumber.size;
  }

  add(pending: PendingRequest): void {
    this.#byNumber.set(pending.number, pending);
  }

  find(number: number): PendingRequest | undefined {
    return this.#byNumber.get(number);
  }

  /** @returns false when it was gone already */
  remove({ number }: PendingRequest): boolean {
    return this.#byNumber.delete(number);
  }

  /** True when each may be sent again. */
  get areRepeatable(): boolean {
    for (const pending of this.#byNumber.values()) if (pending.sends > 0 && !isRepeatable(pending)) return false;
    return true;
  }

  all(): Iterable<PendingRequest> {
    return this.#byNumber.values();
  }

  /**
   * Another server leads, or one has started anew: what it is safe to send again is due now.
   * @param anewId what was sent to this server is lost
   * @returns when the first one is due, ms
   */
  hurry(nowMs: number, leaderId: NodeId | undefined, anewId?: NodeId): number {
    let dueMs = Infinity;
    for (const pending of this.#byNumber.values()) {
      if (pending.retryAtMs === 0 || isLocalRead(pending)) continue;
      pending.retryAtMs = hurried(pending, nowMs, leaderId, anewId);
      dueMs = Math.min(dueMs, pending.retryAtMs);
    }
    return dueMs;
  }

  /**
   * Looks at all of them.
   * @param onExpired its deadline has passed
   * @param onDue `retryAtMs` has come; sets it anew
   * @returns when the next one is due, ms
   */
  check(nowMs: number, onExpired: (pending: PendingRequest) => void, onDue: (pending: PendingRequest) => void): number {
    let dueMs = Infinity;
    for (const pending of this.#byNumber.values()) {
      if (pending.deadlineMs <= nowMs) {
        onExpired(pending);
      } else {
        if (pending.retryAtMs > 0 && pending.retryAtMs <= nowMs) onDue(pending);
        dueMs = Math.min(dueMs, pending.deadlineMs, pending.retryAtMs || Infinity);
      }
    }
    return dueMs;
  }
}

function hurried(pending: PendingRequest, nowMs: number, leaderId?: NodeId, anewId?: NodeId): number {
  const { phase, target, retryAtMs, sentMs } = pending;
  if (phase === 'resting') return nowMs;
  if (!isRepeatable(pending)) return retryAtMs;
  if (target === anewId) return nowMs;
  if (leaderId === undefined || target === leaderId) return retryAtMs;
  return Math.min(retryAtMs, Math.max(nowMs, sentMs + repeatMinMs));
}
