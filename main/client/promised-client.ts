/** The client with promises, over the desk that has none. */
import type { ClientAnswer, ClientRequest } from '../../shared/client-request.ts';
import { limits } from '../../shared/cluster-config.ts';
import type { Result } from '../../shared/result.ts';
import type { ClientStatus, RaftClient, RequestDone } from './raft-client.ts';
import type { RequestDesk } from './request-desk.ts';

type AnswerTo<Kind extends ClientRequest['kind']> = Extract<ClientAnswer, { readonly kind: Kind }>;

export class PromisedClient implements RaftClient {
  readonly #desk: RequestDesk;
  readonly #timeoutMs: number;
  readonly #closed: () => Promise<void>;

  /** @param closed settles when the sockets of a closed desk are closed */
  constructor(desk: RequestDesk, closed: () => Promise<void>, timeoutMs: number = limits.requestTimeoutMs) {
    this.#desk = desk;
    this.#timeoutMs = timeoutMs;
    this.#closed = closed;
  }

  append({ entries, expect, timeoutMs }: Parameters<RaftClient['append']>[0]): ReturnType<RaftClient['append']> {
    const payloads = entries.map((entry) => (typeof entry === 'string' ? new TextEncoder().encode(entry) : entry));
    return this.#ask({ kind: 'append', entries: payloads, ...(expect && { expect }) }, timeoutMs);
  }

  indexRange({ timeoutMs, ...range }: Parameters<RaftClient['indexRange']>[0]): ReturnType<RaftClient['indexRange']> {
    return this.#ask({ kind: 'index-range', ...range }, timeoutMs);
  }

  openSession({ timeoutMs }: Parameters<RaftClient['openSession']>[0] = {}): ReturnType<RaftClient['openSession']> {
    return this.#ask({ kind: 'open-session' }, timeoutMs);
  }

  setRetention(options: Parameters<RaftClient['setRetention']>[0]): ReturnType<RaftClient['setRetention']> {
    return this.#ask({ kind: 'set-retention', retainEntries: options.retainEntries }, options.timeoutMs);
  }

  changeMembership(options: Parameters<RaftClient['changeMembership']>[0]): ReturnType<RaftClient['changeMembership']> {
    const { mode, voters, learners, timeoutMs } = options;
    return this.#ask({ kind: 'change-membership', mode, voters, learners }, timeoutMs);
  }

  transferLeadership(
    options: Parameters<RaftClient['transferLeadership']>[0],
  ): ReturnType<RaftClient['transferLeadership']> {
    return this.#ask({ kind: 'transfer-leadership', to: options.to }, options.timeoutMs);
  }

  submit(request: ClientRequest, timeoutMs: number, done: RequestDone): void {
    this.#desk.submit(request, timeoutMs, done);
  }

  status(): ClientStatus {
    return this.#desk.status();
  }

  async close(): Promise<void> {
    this.#desk.close();
    await this.#closed();
  }

  async #ask<Request extends ClientRequest>(
    request: Request,
    timeoutMs: number = this.#timeoutMs,
  ): Promise<Result<AnswerTo<Request['kind']>>> {
    return await new Promise((resolve) => {
      // An answer is of the kind of its request: the wire's reader has no other.
      this.#desk.submit(request, timeoutMs, (result) => resolve(result as Result<AnswerTo<Request['kind']>>));
    });
  }
}
