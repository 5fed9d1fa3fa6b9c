/**
 * Which servers are there, who leads them, and whom to ask next. What is not proven by a greeting is only a hint.
 */
import { sameAddress } from '../../shared/address.ts';
import { limits, type Address, type Member } from '../../shared/cluster-config.ts';
import type { NodeId } from '../../shared/ids.ts';

export interface KnownServer {
  readonly id: NodeId;
  readonly address: Address;
  heardMs: number;
  /** When it was sent something last. */
  usedMs: number;
  /** Since when it is waited for, because an answer is late; Infinity when it is not. */
  askedMs: number;
  /** Since when it is taken to be gone; Infinity while it is not. */
  silentMs: number;
}

/** Who does not even answer a greeting for so long is gone. */
const patienceMs = 2 * limits.clientRetryMinMs;
/** For so long nobody is believed who says that a silent server leads. */
const distrustMs = 500;

export class Servers {
  readonly given: readonly Address[];
  readonly #known = new Map<NodeId, KnownServer>();
  #leader: Member | null = null;
  #current: NodeId | null = null;

  /** @param given where to look for servers */
  constructor(given: readonly Address[]) {
    this.given = given;
  }

  /** Where to greet somebody: all that was given, and where the leader is said to be. */
  get addresses(): readonly Address[] {
    const leader = this.#leader?.address;
    const isNew = leader !== undefined && !this.given.some((address) => sameAddress(address, leader));
    return isNew ? [...this.given, leader] : this.given;
  }

  /** Those that are proven. */
  get known(): readonly KnownServer[] {
    return [...this.#known.values()];
  }

  get isAnyProven(): boolean {
    return this.#known.size > 0;
  }

  /** Somebody is there and answers. */
  get isAnyHeard(): boolean {
    for (const { silentMs } of this.#known.values()) if (silentMs === Infinity) return true;
    return false;
  }

  /** The leader as far as known, proven; null when there is none or nobody is there. */
  get leader(): KnownServer | null {
    return (this.#leader && this.#known.get(this.#leader.id)) ?? null;
  }

  /** Somebody leads, it is said, whom this client has not met yet. */
  get leaderToMeet(): Address | null {
    return this.#leader && !this.#known.has(this.#leader.id) ? this.#leader.address : null;
  }

  find(id: NodeId): KnownServer | undefined {
    return this.#known.get(id);
  }

  /** It is proven that this server runs at this address. @returns true when that was not known */
  onProven({ id, address }: Member, nowMs: number): boolean {
    const before = this.#known.get(id);
    const usedMs = before?.usedMs ?? nowMs;
    this.#known.set(id, { id, address, heardMs: nowMs, usedMs, askedMs: Infinity, silentMs: Infinity });
    this.#current ??= id;
    return before?.silentMs !== Infinity || !sameAddress(before.address, address);
  }

  /** @returns true when requests belong elsewhere from now on */
  onHeard(from: NodeId, leader: Member | null, nowMs: number): boolean {
    const server = this.#known.get(from);
    if (!server) return false;
    server.heardMs = nowMs;
    server.askedMs = Infinity;
    server.silentMs = Infinity;
    // Who knows of no leader does not know better than who knew of one.
    if (!leader || leader.id === this.#leader?.id) return false;
    const named = this.#known.get(leader.id);
    if (named && named.silentMs <= nowMs && nowMs - named.silentMs < distrustMs) return false;
    this.#leader = leader;
    return named !== undefined;
  }

  /** An answer of it is late. @returns when to look whether it was heard meanwhile, ms */
  ask(server: KnownServer, nowMs: number): number {
    if (server.askedMs === Infinity) server.askedMs = nowMs;
    return server.askedMs + patienceMs;
  }

  /** Those that were asked and have not even answered that: others are asked from now on. */
  takeSilent(nowMs: number): readonly NodeId[] {
    const silent = this.known.filter(({ askedMs }) => askedMs + patienceMs <= nowMs);
    for (const { id } of silent) this.onSilent(id, nowMs);
    return silent.map(({ id }) => id);
  }

  onSilent(id: NodeId, nowMs: number): void {
    const server = this.#known.get(id);
    if (server) {
      server.askedMs = Infinity;
      server.silentMs = nowMs;
    }
    if (this.#leader?.id === id) this.#leader = null;
    if (this.#current === id) this.#current = this.#nextAfter(id);
  }

  /** Nobody is proven any more: the client begins a new connection. Where the leader was is still a hint. */
  forget(): void {
    this.#known.clear();
    this.#current = null;
  }

  /** Where a request goes. @param isLocalRead meant for the server that was named first. Undefined when nobody is there. */
  target(isLocalRead: boolean): KnownServer | undefined {
    const named = isLocalRead ? this.#atFirstAddress() : undefined;
    if (named?.silentMs === Infinity) return named;
    return this.leader ?? (this.#current === null ? undefined : this.#known.get(this.#current));
  }

  #atFirstAddress(): KnownServer | undefined {
    const [first] = this.given;
    return first && this.known.find(({ address }) => sameAddress(address, first));
  }

  /** By id, around; one that answers before one that does not. */
  #nextAfter(id: NodeId): NodeId {
    const others = this.known.toSorted((left, right) => left.id - right.id);
    const around = [...others.filter((other) => other.id > id), ...others.filter((other) => other.id <= id)];
    return (around.find(({ silentMs }) => silentMs === Infinity) ?? around[0])?.id ?? id;
  }
}
