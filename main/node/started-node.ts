/**
 * A server in a thread of its own, as the program that started it holds it.
 */
import type { Worker } from 'node:worker_threads';
import type {
  AppendAnswer,
  ClientAnswer,
  ClientRequest,
  DoneAnswer,
  IndexRangeRequest,
  RangeAnswer,
} from '../../shared/client-request.ts';
import type { Address } from '../../shared/cluster-config.ts';
import type { Server } from '../../shared/configuration.ts';
import type { LabEvent } from '../../shared/event.ts';
import type { NodeId } from '../../shared/ids.ts';
import type { Failure, Result } from '../../shared/result.ts';
import { checkAppendArguments, checkMembershipArguments } from './check-arguments.ts';
import { entryPayload } from './entry-payload.ts';
import type { MembershipOptions, RaftNode } from './raft-node.ts';
import type { FromNode, ToNode } from './worker-messages.ts';

/** A request or a start that failed; `failure.message` says what to do. */
export class RaftError extends Error {
  override readonly name = 'RaftError';
  readonly failure: Failure;
  constructor(failure: Failure) {
    super(failure.message);
    this.failure = failure;
  }
}

export class StartedNode implements RaftNode {
  readonly id: NodeId;
  address: Address = { host: '', port: 0 };
  readonly #worker: Worker;
  readonly #timeoutMs: number;
  readonly #waiting = new Map<string, (result: Result<ClientAnswer>) => void>();
  readonly #handlers: ((event: LabEvent) => void)[] = [];
  readonly #exited: Promise<void>;
  #onReady: (result: Result<null>) => void = () => {};
  #requests = 0;
  #whyEnded: string | undefined;

  constructor(id: NodeId, worker: Worker, timeoutMs: number) {
    this.id = id;
    this.#worker = worker;
    this.#timeoutMs = timeoutMs;
    worker.on('message', (message: FromNode) => this.#onMessage(message));
    worker.on('error', (error) => this.#onEnded(error.message));
    this.#exited = new Promise((resolve) => {
      worker.on('exit', () => {
        this.#onEnded('The node has ended.');
        resolve();
      });
    });
  }

  async ready(): Promise<RaftNode> {
    const result = await new Promise<Result<null>>((resolve) => {
      this.#onReady = resolve;
    });
    if (!result.ok) throw new RaftError(result.failure);
    return this;
  }

  async append(request: Parameters<RaftNode['append']>[0]): Promise<AppendAnswer> {
    throwIfAny(checkAppendArguments(request));
    const entries = request.entries.map(entryPayload);
    return (await this.#ask({ ...request, kind: 'append', entries })) as AppendAnswer;
  }

  async indexRange(request: Omit<IndexRangeRequest, 'kind'>): Promise<RangeAnswer> {
    return (await this.#ask({ ...request, kind: 'index-range' })) as RangeAnswer;
  }

  async openSession(): Promise<number> {
    const answer = await this.#ask({ kind: 'open-session' });
    return answer.kind === 'open-session' ? answer.sessionId : 0;
  }

  async setRetention(retainEntries: number): Promise<DoneAnswer> {
    return (await this.#ask({ kind: 'set-retention', retainEntries })) as DoneAnswer;
  }

  async changeMembership(change: MembershipOptions): Promise<DoneAnswer> {
    throwIfAny(checkMembershipArguments(change));
    const { voters, learners = [], mode = 'joint' } = change;
    const request = { mode, voters: voters.map(asServer), learners: learners.map(asServer) };
    return (await this.#ask({ kind: 'change-membership', ...request })) as DoneAnswer;
  }

  async transferLeadership(to: NodeId): Promise<DoneAnswer> {
    return (await this.#ask({ kind: 'transfer-leadership', to })) as DoneAnswer;
  }

  onEvent(handler: (event: LabEvent) => void): void {
    this.#handlers.push(handler);
  }

  async close(): Promise<void> {
    this.#tell({ type: 'stop' });
    await this.#exited;
  }

  async #ask(request: ClientRequest): Promise<ClientAnswer> {
    const result = await new Promise<Result<ClientAnswer>>((resolve) => {
      if (this.#whyEnded !== undefined)
        return resolve({ ok: false, failure: { code: 'not-running', message: this.#whyEnded } });
      this.#requests += 1;
      const requestId = `${this.#requests}`;
      this.#waiting.set(requestId, resolve);
      return this.#tell({ type: 'request', requestId, request, timeoutMs: this.#timeoutMs });
    });
    if (!result.ok) throw new RaftError(result.failure);
    return result.value;
  }

  #tell(message: ToNode): void {
    this.#worker.postMessage(message);
  }

  #onMessage(message: FromNode): void {
    if (message.type === 'ready') {
      this.address = message.address;
      this.#onReady({ ok: true, value: null });
    } else if (message.type === 'events') {
      for (const event of message.events) for (const handler of this.#handlers) handler(event);
    } else if (message.type === 'answer') {
      this.#waiting.get(message.requestId)?.(message.result);
      this.#waiting.delete(message.requestId);
    } else if (message.type === 'ended') {
      this.#onEnded(message.reason);
    }
  }

  /** The thread is gone or going: nobody waits for ever. */
  #onEnded(reason: string): void {
    if (this.#whyEnded !== undefined) return;
    this.#whyEnded = reason;
    this.#onReady({ ok: false, failure: { code: 'unusable', message: reason } });
    const failure: Failure = {
      code: 'timed-out',
      message: `The node ended before it answered (${reason}). Whether the request took effect is not known.`,
    };
    for (const resolve of this.#waiting.values()) resolve({ ok: false, failure });
    this.#waiting.clear();
  }
}

/** Without the number of a folder any will do: 0. */
function asServer(server: NodeId | Server): Server {
  return typeof server === 'number' ? { id: server, storage: 0 } : server;
}

function throwIfAny(failure: Failure | undefined): void {
  if (failure) throw new RaftError(failure);
}
