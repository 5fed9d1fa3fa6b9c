/**
 * The clients of a simulated cluster: what each knows of the log and of its session, and how it asks again while it does
 * not know what became of a request.
 */
import type { AppendRequest, ClientAnswer } from '../../shared/client-request.ts';
import type { Expectation } from '../../shared/log-entry.ts';
import { isOutcomeKnown, type Result } from '../../shared/result.ts';
import type { NodeId } from '../../shared/ids.ts';
import { makePayload, numberOfPayload } from './payload.ts';
import type { ClientAct } from './plan.ts';
import type { RequestDesk } from './request-desk.ts';
import type { SimNode } from './sim-node.ts';

type ActOf<Kind extends ClientAct['kind']> = Extract<ClientAct, { kind: Kind }>;

interface Session {
  readonly id: number;
  lastSequence: number;
  /** Sequences without a final answer. */
  readonly open: Set<number>;
}

interface Client {
  readonly number: number;
  session: Session | null;
  /** The last client entry that it has seen. */
  seen: Expectation;
}

/** An append that was answered: where it stands. */
export interface Acknowledged {
  readonly firstIndex: number;
  readonly term: number;
  readonly numbers: readonly number[];
}

/** `endIndex` of a read that wants everything there is. */
const toTheEnd = 2 ** 40;
const sessionTimeoutMs = 2_000;
const retriesMax = 5;

export class Clients {
  /** Acts that were carried out. */
  operations = 0;
  readonly acknowledged: Acknowledged[] = [];
  #isOver = false;
  readonly #desk: RequestDesk;
  readonly #nodes: readonly SimNode[];
  readonly #clients = new Map<number, Client>();
  #payloads = 0;

  constructor(desk: RequestDesk, nodes: readonly SimNode[]) {
    this.#desk = desk;
    this.#nodes = nodes;
  }

  carryOut(act: ClientAct): void {
    this.operations += 1;
    const client = this.#client(act.client);
    if (act.kind === 'append') this.#append(client, act);
    else if (act.kind === 'read') this.#read(client, act);
    else this.#openSession(client, this.operations, 0);
  }

  /** Nobody asks again. */
  end(): void {
    this.#isOver = true;
  }

  #client(number: number): Client {
    const known = this.#clients.get(number);
    if (known) return known;
    const client: Client = { number, session: null, seen: { prevLogIndex: 0, prevLogTerm: 0 } };
    this.#clients.set(number, client);
    return client;
  }

  #node(id: NodeId): SimNode {
    const node = this.#nodes[id % this.#nodes.length];
    if (!node) throw new Error('a cluster has nodes');
    return node;
  }

  /** Only the leader opens sessions: ask around. */
  #openSession(client: Client, at: NodeId, tries: number): void {
    this.#desk.ask(this.#node(at), client.number, { kind: 'open-session' }, sessionTimeoutMs, (result) => {
      if (result.ok && result.value.kind === 'open-session') {
        client.session = { id: result.value.sessionId, lastSequence: 0, open: new Set() };
      } else if (!result.ok && tries < retriesMax && !this.#isOver) {
        this.#openSession(client, result.failure.leaderId ?? at + 1, tries + 1);
      }
    });
  }

  #append(client: Client, act: ActOf<'append'>): void {
    const entries = act.payloads.map((byteLength) => {
      this.#payloads += 1;
      return makePayload(this.#payloads, byteLength);
    });
    const session = act.session ? client.session : null;
    const request: AppendRequest = {
      kind: 'append',
      entries,
      ...(act.expect && { expect: client.seen }),
      ...(session && { session: stamp(session) }),
    };
    this.#sendAppend(client, session, request, act, act.node, session ? act.asksAgain : 0);
    // The copy is a request of its own to the cluster; whichever answer comes first closes the sequence.
    if (session && act.copyTo !== null) this.#sendAppend(client, session, request, act, act.copyTo, 0);
  }

  #sendAppend(
    client: Client,
    session: Session | null,
    request: AppendRequest,
    act: ActOf<'append'>,
    to: NodeId,
    asksAgain: number,
  ): void {
    this.#desk.ask(this.#node(to), client.number, request, act.timeoutMs, (result) => {
      if (!result.ok && request.session && asksAgain > 0 && !this.#isOver && mayAskAgain(result)) {
        this.#sendAppend(client, session, request, act, to + 1, asksAgain - 1);
        return;
      }
      this.#learn(client, request, result);
      if (!session || !request.session) return;
      if (result.ok || isOutcomeKnown(result.failure)) session.open.delete(request.session.sequence);
      if (!result.ok && result.failure.code === 'session-expired' && client.session === session) client.session = null;
    });
  }

  #learn(client: Client, { entries }: AppendRequest, result: Result<ClientAnswer>): void {
    if (result.ok && result.value.kind === 'append') {
      const { firstIndex, lastIndex, term } = result.value;
      this.acknowledged.push({ firstIndex, term, numbers: entries.map(numberOfPayload) });
      see(client, lastIndex, term);
    } else if (!result.ok && result.failure.lastClientEntry) {
      const { index, term } = result.failure.lastClientEntry;
      see(client, index, term);
    }
  }

  #read(client: Client, { node, mode, back, timeoutMs }: ActOf<'read'>): void {
    const startIndex = Math.max(0, client.seen.prevLogIndex - back);
    const request = { kind: 'index-range', startIndex, endIndex: toTheEnd, read: mode } as const;
    this.#desk.ask(this.#node(node), client.number, request, timeoutMs, (result) => {
      if (!result.ok || result.value.kind !== 'index-range') return;
      const last = result.value.entries.at(-1);
      if (last) see(client, last.index, last.term);
    });
  }
}

function stamp(session: Session): { sessionId: number; sequence: number; lowestOpen: number } {
  session.lastSequence += 1;
  session.open.add(session.lastSequence);
  let lowestOpen = session.lastSequence;
  for (const sequence of session.open) lowestOpen = Math.min(lowestOpen, sequence);
  return { sessionId: session.id, sequence: session.lastSequence, lowestOpen };
}

function mayAskAgain(result: Result<ClientAnswer>): boolean {
  if (result.ok) return false;
  const { code } = result.failure;
  return code === 'timed-out' || code === 'no-leader' || code === 'not-running' || code === 'leadership-lost';
}

function see(client: Client, index: number, term: number): void {
  if (index > client.seen.prevLogIndex) client.seen = { prevLogIndex: index, prevLogTerm: term };
}
