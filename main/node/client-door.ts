/**
 * The server's door for clients from outside the cluster: lets each request in once while it waits, and sends the answers
 * of a loop turn together.
 */
import { limits, type Member } from '../../shared/cluster-config.ts';
import type { ClientAnswer, ClientRequest } from '../../shared/client-request.ts';
import type { NodeId } from '../../shared/ids.ts';
import { entryBytes } from '../../shared/log-entry.ts';
import type { ClientCall, ClientCallReply, NumberedAnswer } from '../../shared/raft-message.ts';
import type { Result } from '../../shared/result.ts';
import type { OutsideAsker } from './waiting-request.ts';

export interface ClientDoorOptions {
  /** Takes a request in; it is answered once with `answer`, perhaps at once. */
  readonly take: (asker: OutsideAsker, request: ClientRequest, timeoutMs: number) => void;
  /** Who leads, and where it is, as far as this server knows. */
  readonly leader: () => Member | null;
  readonly send: (to: NodeId, reply: ClientCallReply) => void;
}

/** What is known of one client. */
interface Visitor {
  /** The numbers of its requests that wait. */
  readonly open: Set<number>;
  round: number;
  /** Not sent yet. */
  answers: NumberedAnswer[];
  bytes: number;
}

/** What an answer takes in a reply, roughly, bytes. */
const answerBytes = 40;

export class ClientDoor {
  readonly #options: ClientDoorOptions;
  /** Those of whom something waits. */
  readonly #visitors = new Map<NodeId, Visitor>();
  readonly #answered = new Set<NodeId>();

  constructor(options: ClientDoorOptions) {
    this.#options = options;
  }

  /** A copy of a request that waits is the same request. */
  onCall(client: NodeId, { round, requests }: ClientCall): void {
    const visitor = this.#visit(client);
    visitor.round = Math.max(visitor.round, round);
    for (const { number, timeoutMs, request } of requests) {
      if (visitor.open.has(number)) continue;
      visitor.open.add(number);
      this.#options.take({ kind: 'outside', client, number }, request, Math.min(timeoutMs, limits.clientTimeoutMsMax));
    }
  }

  answer({ client, number }: OutsideAsker, result: Result<ClientAnswer>): void {
    const visitor = this.#visit(client);
    visitor.open.delete(number);
    const bytes = bytesOf(result);
    const isFull = visitor.answers.length === limits.requestsPerCallMax;
    if (isFull || visitor.bytes + bytes > limits.clientReplyBytesMax) this.#reply(client, visitor);
    visitor.answers.push({ number, result });
    visitor.bytes += bytes;
    this.#answered.add(client);
  }

  /** The end of a loop turn. */
  flush(): void {
    if (this.#answered.size === 0) return;
    for (const client of this.#answered) {
      const visitor = this.#visit(client);
      this.#reply(client, visitor);
      if (visitor.open.size === 0) this.#visitors.delete(client);
    }
    this.#answered.clear();
  }

  #visit(client: NodeId): Visitor {
    const known = this.#visitors.get(client);
    if (known) return known;
    const visitor: Visitor = { open: new Set(), round: 0, answers: [], bytes: 0 };
    this.#visitors.set(client, visitor);
    return visitor;
  }

  #reply(client: NodeId, visitor: Visitor): void {
    const { round, answers } = visitor;
    visitor.answers = [];
    visitor.bytes = 0;
    if (answers.length === 0) return;
    this.#options.send(client, { kind: 'client-call-reply', round, leader: this.#options.leader(), answers });
  }
}

function bytesOf(result: Result<ClientAnswer>): number {
  if (!result.ok) return answerBytes + result.failure.message.length;
  if (result.value.kind !== 'index-range') return answerBytes;
  let bytes = answerBytes;
  for (const entry of result.value.entries) bytes += entryBytes(entry);
  return bytes;
}
