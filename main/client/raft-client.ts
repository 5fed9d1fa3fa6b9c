/**
 * A client outside the cluster, as the program that uses it holds it.
 */
import type {
  AppendAnswer,
  ChangeMembershipRequest,
  ClientAnswer,
  ClientRequest,
  DoneAnswer,
  IndexRangeRequest,
  RangeAnswer,
  SessionAnswer,
} from '../../shared/client-request.ts';
import type { Address, Member } from '../../shared/cluster-config.ts';
import type { ClusterId, NodeId } from '../../shared/ids.ts';
import type { Expectation } from '../../shared/log-entry.ts';
import type { Result } from '../../shared/result.ts';

export interface ClientOptions {
  /** Where servers of the cluster listen. One is enough; with more, the client finds its way when that one is gone. */
  readonly servers: readonly Address[];
  readonly clusterId: ClusterId;
  /** What the cluster's servers share, 32 bytes. */
  readonly key: Uint8Array;
  /** Of requests that name none of their own, ms. Default `limits.requestTimeoutMs`. */
  readonly timeoutMs?: number;
  /**
   * Whether appends are sent in a session, in which they may be sent again and take effect once (dissertation §6.3).
   * Default true. Without, an append is sent once, and a lost datagram leaves its outcome unknown.
   */
  readonly sessions?: boolean;
}

/** Answered by the deadline at the latest, ms from now. */
export interface WithTimeout {
  readonly timeoutMs?: number;
}

export interface AppendOptions extends WithTimeout {
  /** Texts or bytes; bytes must not change until the answer is there. */
  readonly entries: readonly (string | Uint8Array)[];
  readonly expect?: Expectation;
}

export interface ClientStatus {
  /** Who leads, as far as is known and proven. */
  readonly leader: Member | null;
  /** Who has answered so far. */
  readonly servers: readonly Member[];
  /** Of the session in which appends are sent now; null when none is open. */
  readonly sessionId: number | null;
  /** Requests without an answer. */
  readonly waiting: number;
}

/** Called once with what became of a request. It must not throw. */
export type RequestDone = (result: Result<ClientAnswer>) => void;

/**
 * Every request is answered once, by its deadline at the latest. A failure is a value whose code says whether the outcome
 * is known (`isOutcomeKnown`); nothing rejects.
 */
export interface RaftClient {
  append(options: AppendOptions): Promise<Result<AppendAnswer>>;
  indexRange(options: Omit<IndexRangeRequest, 'kind'> & WithTimeout): Promise<Result<RangeAnswer>>;
  /** A session of the caller's own, for `submit`. `append` needs none: it has one. */
  openSession(options?: WithTimeout): Promise<Result<SessionAnswer>>;
  setRetention(options: { readonly retainEntries: number } & WithTimeout): Promise<Result<DoneAnswer>>;
  changeMembership(options: Omit<ChangeMembershipRequest, 'kind'> & WithTimeout): Promise<Result<DoneAnswer>>;
  transferLeadership(options: { readonly to: NodeId } & WithTimeout): Promise<Result<DoneAnswer>>;
  /**
   * The same without promises, for many requests at once: those of one loop turn travel together. `done` is called once, never before
   * this returns. An append that carries a session of its own keeps it.
   */
  submit(request: ClientRequest, timeoutMs: number, done: RequestDone): void;
  status(): ClientStatus;
  /** Answers what waits and closes the sockets. */
  close(): Promise<void>;
}
