/**
 * What clients from outside the cluster and servers say to each other.
 */
import type { ClientAnswer, ClientRequest } from './client-request.ts';
import type { Member } from './cluster-config.ts';
import type { Result } from './result.ts';

/** One request of a client from outside the cluster. */
export interface NumberedRequest {
  /** By the client, rising. While a request waits, another copy of it with the same number is the same request. */
  readonly number: number;
  /** Answered after this at the latest, in milliseconds from when it comes in. */
  readonly timeoutMs: number;
  readonly request: ClientRequest;
}

/** Requests of a client from outside the cluster, several at once, to any server. Each is answered for itself. */
export interface ClientCall {
  readonly kind: 'client-call';
  readonly round: number;
  readonly requests: readonly NumberedRequest[];
}

export interface NumberedAnswer {
  readonly number: number;
  readonly result: Result<ClientAnswer>;
}

/** Answers, as they come; not all of one call together. Lost ones come again when the client asks again. */
export interface ClientCallReply {
  readonly kind: 'client-call-reply';
  /** Of the latest call of which it answers a request. */
  readonly round: number;
  /** Who leads and where it is, as far as the answering server knows: the client's next appends go there at once. */
  readonly leader: Member | null;
  readonly answers: readonly NumberedAnswer[];
}
