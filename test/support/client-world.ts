/** A client's desk in virtual time, over a wire that a test holds: what leaves is a list, and the test answers as servers. */
import type { ClientAnswer, ClientRequest } from '../../shared/client-request.ts';
import type { Address, Member } from '../../shared/cluster-config.ts';
import type { NodeId } from '../../shared/ids.ts';
import type { ClientCall, ClientCallReply, NumberedRequest } from '../../shared/raft-message.ts';
import { fail, type FailureCode, type Result } from '../../shared/result.ts';
import { Connection } from '../../main/client/connection.ts';
import { RequestDesk } from '../../main/client/request-desk.ts';
import type { ClientTransport } from '../../main/net/client-transport.ts';
import type { Clock } from '../../main/ports.ts';

const millisecond = 1_000_000;
/** The process runs for a while already. */
const originMs = 1_000;

export interface Sent {
  readonly atMs: number;
  readonly boot: number;
  readonly to: NodeId;
  readonly call: ClientCall;
}

export interface ClientWorldOptions {
  readonly servers?: readonly Address[];
  readonly sessions?: boolean;
}

export function serverAt(id: NodeId): Member {
  return { id, address: { host: '127.0.0.1', port: 7_000 + id } };
}

export const threeServers: readonly Address[] = [0, 1, 2].map((id) => serverAt(id).address);

export class ClientWorld {
  nowNs = originMs * millisecond;
  readonly sent: Sent[] = [];
  readonly dialled: Address[] = [];
  readonly results: Result<ClientAnswer>[] = [];
  readonly desk: RequestDesk;
  readonly connection: Connection;
  #timer: { readonly atNs: number; readonly handler: () => void } | undefined;
  #deferred: (() => void)[] = [];
  #onServer: (server: Member) => void = () => {};
  #onMessage: (from: NodeId, message: ClientCallReply) => void = () => {};

  constructor({ servers = threeServers, sessions = true }: ClientWorldOptions = {}) {
    const clock = this.#clock();
    this.connection = new Connection((boot) => this.#transport(boot), originMs);
    this.desk = new RequestDesk({ clock, connection: this.connection, servers, sessions });
  }

  /** Since the world began. */
  get nowMs(): number {
    return this.nowNs / millisecond - originMs;
  }

  /** Hands everything in that is due at this moment. */
  async settle(): Promise<void> {
    for (;;) {
      await Promise.resolve();
      await Promise.resolve();
      const deferred = this.#deferred.splice(0);
      if (deferred.length === 0) return;
      for (const handler of deferred) handler();
    }
  }

  /** Lets time go by, timer by timer. */
  async pass(ms: number): Promise<void> {
    const endNs = this.nowNs + ms * millisecond;
    await this.settle();
    while (this.#timer && this.#timer.atNs <= endNs) {
      const { atNs, handler } = this.#timer;
      this.#timer = undefined;
      this.nowNs = Math.max(this.nowNs, atNs);
      handler();
      await this.settle();
    }
    this.nowNs = endNs;
  }

  /** These servers have answered a greeting. */
  async meet(...ids: readonly NodeId[]): Promise<void> {
    for (const id of ids) this.#onServer(serverAt(id));
    await this.settle();
  }

  async submit(request: ClientRequest, timeoutMs = 5_000): Promise<void> {
    this.desk.submit(request, timeoutMs, (result) => this.results.push(result));
    await this.settle();
  }

  async append(text: string, timeoutMs?: number): Promise<void> {
    await this.submit({ kind: 'append', entries: [new TextEncoder().encode(text)] }, timeoutMs);
  }

  /** Everything that has left, and leaves no trace in `sent`. */
  take(): Sent[] {
    return this.sent.splice(0);
  }

  /** The requests that have left since the last look, in order. */
  takeRequests(): NumberedRequest[] {
    return this.take().flatMap(({ call }) => call.requests);
  }

  async answer(
    from: NodeId,
    answers: readonly (readonly [number: number, result: Result<ClientAnswer>])[],
    leader: NodeId | null = from,
  ): Promise<void> {
    this.#onMessage(from, {
      kind: 'client-call-reply',
      round: 1,
      leader: leader === null ? null : serverAt(leader),
      answers: answers.map(([number, result]) => ({ number, result })),
    });
    await this.settle();
  }

  /** Meets the servers, and opens the session that the first append asks for: one that `leader` leads. */
  async begin(leader: NodeId = 0, sessionId = 100): Promise<void> {
    await this.meet(0, 1, 2);
    await this.append('first');
    const opening = this.takeRequests().find(({ request }) => request.kind === 'open-session');
    if (!opening) throw new Error('No session was asked for.');
    await this.answer(leader, [[opening.number, { ok: true, value: { kind: 'open-session', sessionId } }]]);
    const first = this.takeRequests().find(({ request }) => request.kind === 'append');
    if (!first) throw new Error('The append did not leave.');
    await this.answer(leader, [[first.number, appended(sessionId + 1)]]);
    this.results.length = 0;
  }

  #clock(): Clock {
    return {
      nowNs: () => this.nowNs,
      setTimer: (atNs, handler) => {
        this.#timer = { atNs, handler };
      },
      clearTimer: () => {
        this.#timer = undefined;
      },
      defer: (handler) => this.#deferred.push(handler),
    };
  }

  #transport(boot: number): ClientTransport {
    return {
      dial: (address) => this.dialled.push(address),
      onServer: (handler) => {
        this.#onServer = handler;
      },
      send: (to, call) => this.sent.push({ atMs: this.nowMs, boot, to, call }),
      onMessage: (handler) => {
        this.#onMessage = handler;
      },
      close: () => {},
    };
  }
}

export function appended(index: number): Result<ClientAnswer> {
  return { ok: true, value: { kind: 'append', firstIndex: index, lastIndex: index, term: 1 } };
}

export function failed(code: FailureCode): Result<ClientAnswer> {
  return fail(code, `It is ${code}.`);
}

/** How each request ended, in the order in which they did. */
export function codesOf({ results }: ClientWorld): (FailureCode | 'ok')[] {
  return results.map((result) => (result.ok ? 'ok' : result.failure.code));
}
