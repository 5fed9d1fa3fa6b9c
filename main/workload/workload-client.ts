/**
 * One client: a request after the other. It opens a session before its first append, and asks again, in the session and with
 * the same sequence, while it does not know what became of an append.
 */
import type { ClientAnswer, ClientRequest } from '../../shared/client-request.ts';
import type { NodeId } from '../../shared/ids.ts';
import { seedFor, type RandomState } from '../../shared/random.ts';
import { isOutcomeKnown, type Failure, type Result } from '../../shared/result.ts';
import type { Workload } from '../../shared/workload.ts';
import { BackOff } from './back-off.ts';
import { ClientKnowledge } from './client-knowledge.ts';
import { drawKind, type RequestKind } from './draw-kind.ts';
import type { Fate } from './figures-book.ts';
import type { WhomToAsk } from './whom-to-ask.ts';
import { makePayload, payloadTag } from './workload-payload.ts';
import type { WorkloadPort } from './workload-port.ts';

/** Shorter than a person's request waits: a client that asked a server without a majority soon asks another one. */
const timeoutMs = 2_000;
/** How often an append of unknown outcome is sent again. */
export const repeatsMax = 8;

export interface WorkloadClientOptions {
  readonly number: number;
  readonly workload: Workload;
  readonly seed: number;
  readonly port: WorkloadPort;
  readonly whom: WhomToAsk;
  /** What became of a request; the latency counts from its first send. */
  readonly onFate: (fate: Fate, latencyNs: number) => void;
  /** It may be asked to `begin` again. */
  readonly onIdle: () => void;
}

/** A request, from its first send to what becomes of it. */
interface Undertaking {
  readonly request: ClientRequest;
  sentNs: number | undefined;
  sends: number;
  /** Some copy of it may have had its effect. */
  isUncertain: boolean;
}

export class WorkloadClient {
  readonly #options: WorkloadClientOptions;
  readonly #random: RandomState;
  readonly #backOff: BackOff;
  readonly #knowledge = new ClientKnowledge();
  readonly #tag: string;
  #session: { readonly id: number; sequence: number } | undefined;
  #requests = 0;
  #isOver = false;
  #takeBack: () => void = () => {};

  constructor(options: WorkloadClientOptions) {
    this.#options = options;
    this.#random = { random: seedFor(options.seed, `client ${options.number}`) };
    this.#backOff = new BackOff(this.#random);
    this.#tag = payloadTag(options.seed);
  }

  /** Asks for something, and calls `onIdle` when that has come to its end. */
  begin(): void {
    const kind = drawKind(this.#options.workload.mix, this.#random);
    const appends = kind === 'append' || kind === 'conditionalAppend';
    if (appends && this.#options.workload.sessions && !this.#session) this.#openSession(kind);
    else this.#undertake(kind);
  }

  /** It asks nothing more, and what it still waits for is nobody's concern. */
  stop(): void {
    this.#isOver = true;
    this.#takeBack();
  }

  #openSession(next: RequestKind, at: NodeId | undefined = this.#options.whom.nextLeader()): void {
    if (at === undefined) return this.#later(() => this.#openSession(next));
    this.#ask(at, { kind: 'open-session' }, (result) => {
      if (result.ok && result.value.kind === 'open-session') {
        this.#backOff.reset();
        this.#session = { id: result.value.sessionId, sequence: 0 };
        return this.#undertake(next);
      }
      const leaderId = result.ok ? undefined : result.failure.leaderId;
      this.#later(() => this.#openSession(next, leaderId));
    });
  }

  #undertake(kind: RequestKind): void {
    this.#send({ request: this.#requestOf(kind), sentNs: undefined, sends: 0, isUncertain: false });
  }

  #requestOf(kind: RequestKind): ClientRequest {
    if (kind === 'linearizableRead') return this.#knowledge.range('linearizable');
    if (kind === 'leaseRead') return this.#knowledge.range('lease');
    if (kind === 'localRead') return this.#knowledge.range('local');
    const { number, workload } = this.#options;
    this.#requests += 1;
    const entries = [makePayload(this.#tag, number, this.#requests, workload.payloadBytes)];
    const expect = kind === 'conditionalAppend' ? this.#knowledge.expectation : undefined;
    const session = this.#nextStamp();
    return { kind: 'append', entries, ...(expect && { expect }), ...(session && { session }) };
  }

  /** One request is open at most, and it is the lowest. */
  #nextStamp(): { sessionId: number; sequence: number; lowestOpen: number } | undefined {
    if (!this.#session) return undefined;
    this.#session.sequence += 1;
    const { id: sessionId, sequence } = this.#session;
    return { sessionId, sequence, lowestOpen: sequence };
  }

  #send(undertaking: Undertaking): void {
    const node = this.#options.whom.next();
    if (node === undefined) return this.#later(() => this.#send(undertaking));
    undertaking.sends += 1;
    undertaking.sentNs ??= this.#options.port.nowNs();
    this.#ask(node, undertaking.request, (result) => {
      if (result.ok) this.#answered(undertaking, result.value);
      else this.#failed(undertaking, result.failure);
    });
  }

  #answered(undertaking: Undertaking, answer: ClientAnswer): void {
    this.#knowledge.learn(answer);
    this.#backOff.reset();
    this.#finish(undertaking, 'answered');
    this.#options.onIdle();
  }

  #failed(undertaking: Undertaking, failure: Failure): void {
    const { code } = failure;
    this.#knowledge.learnFailure(failure);
    if (undertaking.request.kind === 'append' && !isOutcomeKnown(failure)) undertaking.isUncertain = true;
    if (code === 'session-expired') this.#session = undefined;
    // These speak for every copy: the session gives a repeated request the answer of the first one.
    if (code === 'conflict' || code === 'compacted') {
      this.#finish(undertaking, 'failed');
      return this.#options.onIdle();
    }
    if (this.#mayRepeat(undertaking)) return this.#later(() => this.#send(undertaking));
    this.#finish(undertaking, undertaking.isUncertain ? 'unknown' : 'failed');
    this.#later(() => this.#options.onIdle());
  }

  #mayRepeat({ request, isUncertain, sends }: Undertaking): boolean {
    if (!isUncertain || request.kind !== 'append' || !request.session || !this.#session) return false;
    return sends <= repeatsMax;
  }

  #finish({ sentNs }: Undertaking, fate: Fate): void {
    const nowNs = this.#options.port.nowNs();
    this.#options.onFate(fate, nowNs - (sentNs ?? nowNs));
  }

  #ask(node: NodeId, request: ClientRequest, done: (result: Result<ClientAnswer>) => void): void {
    const { number: client, port } = this.#options;
    port.ask({ node, client, request, timeoutMs }, (result) => {
      if (!this.#isOver) done(result);
    });
  }

  #later(run: () => void): void {
    this.#takeBack = this.#options.port.after(this.#backOff.nextMs(), run);
  }
}
