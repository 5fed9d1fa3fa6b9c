/**
 * The server's door for clients from outside the cluster: lets each request in once while it waits, and sends the answers
 * of a loop turn together.
 */
import { limits, type Member } from '../../shared/cluster-config.ts';
import type { ClientAnswer, ClientRequest } from '../../shared/client-request.ts';
import type { NodeId } from '../../shared/ids.ts';
import { entryBytes } from '../../shared/log-entry.ts';
import type { ClientCall, ClientCallReply, NumberedAnswer } from '../../shared/raft-message.ts';
import { RisingMap } from '../../shared/rising-map.ts';
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
  readonly open: RisingMap<OutsideAsker>;
  round: number;
  /** It stands in the list of those who have answers to come. */
  isAnswered: boolean;
  /** Not sent yet. */
  answers: NumberedAnswer[];
  bytes: number;
}

/** What an answer takes in a reply, roughly, bytes. */
const answerBytes = 40;

export class ClientDoor {
  readonly #options: ClientDoorOptions;
  /** Those of whom something waits, and some of those of whom something did. */
  readonly #visitors = new Map<NodeId, Visitor>();
  readonly #answered: NodeId[] = [];

  constructor(options: ClientDoorOptions) {
    this.#options = options;
  }

  /** A copy of a request that waits is the same request. */
  onCall(client: NodeId, { round, requests }: ClientCall): void {
    const visitor = this.#visit(client);
    visitor.round = Math.max(visitor.round, round);
    for (const { number, timeoutMs, request } of requests) {
      if (visitor.open.has(number)) continue;
      const asker: OutsideAsker = { kind: 'outside', client, number };
      visitor.open.set(number, asker);
      this.#options.take(asker, request, Math.min(timeoutMs, limits.clientTimeoutMsMax));
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
    if (!visitor.isAnswered) this.#answered.push(client);
    visitor.isAnswered = true;
  }

  /** The end of a loop turn. */
  flush(): void {
    for (const client of this.#answered) {
      const visitor = this.#visit(client);
      visitor.isAnswered = false;
      this.#reply(client, visitor);
    }
    this.#answered.length = 0;
  }

  #visit(client: NodeId): Visitor {
    const known = this.#visitors.get(client);
    if (known) return known;
    this.#forgetIdle();
    const visitor: Visitor = { open: new RisingMap(), round: 0, isAnswered: false, answers: [], bytes: 0 };
    this.#visitors.set(client, visitor);
    return visitor;
  }

  /** Some that have left; one who asks again is met again. */
  #forgetIdle(): void {
    if (this.#visitors.size < limits.clientsMax) return;
    for (const [client, { open, isAnswered }] of this.#visitors)
      if (open.size === 0 && !isAnswered) this.#visitors.delete(client);
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
