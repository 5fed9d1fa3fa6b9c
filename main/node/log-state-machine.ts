/**
 * The replicated state machine (Raft §2): a log of client entries, some of them conditional, with the sessions of its
 * clients. Every server applies the same entries in the same order and so judges every request alike.
 *
 * A request's entries take effect together, when the last of them is applied. If another leader wrote something else
 * behind the first of them, the request is torn: what stands of it in the log has no effect.
 */
import type { LogEntry, SessionStamp } from '../../shared/log-entry.ts';
import type { RuleId } from '../../shared/rules.ts';
import { AssertionError } from '../../shared/assert.ts';
import type { EmitEvent } from '../ports.ts';
import {
  ClientSessions,
  expiryOf,
  type ClientEntryPosition,
  type ClientSession,
  type RequestOutcome,
} from './client-sessions.ts';
import { digestEntry, emptyDigest } from './content-digest.ts';
import { EntriesWithoutEffect } from './entries-without-effect.ts';
import { decodeMachine, encodeMachine, type OpenRequest } from './machine-snapshot.ts';

/** What became of a request; a repeated one has the outcome of the first. `forgotten`, `expired`: it took no effect now. */
export type RequestFate = RequestOutcome | { readonly kind: 'forgotten' | 'expired'; readonly session: SessionStamp };

export interface LogStateMachineOptions {
  /** Sessions at once. Default `limits.sessionsMax`; the same on every server of a cluster. */
  readonly sessionsMax?: number;
  /** By default every rule is on. */
  readonly isRuleOn?: (rule: RuleId) => boolean;
  readonly emit?: EmitEvent;
}

export class LogStateMachine {
  appliedIndex = 0;
  /** Of everything applied, by content. */
  digest = emptyDigest;
  /** The last client entry that took effect; (0, 0) before the first. What `expect` is compared with. */
  lastClientEntry: ClientEntryPosition = { index: 0, term: 0 };
  /** How many entries each server keeps; 0: all. */
  retainEntries = 0;
  /** What came of earlier entries is forgotten: clients can read from here on. */
  firstIndex = 1;
  #openRequest: OpenRequest | null = null;
  readonly #withoutEffect = new EntriesWithoutEffect();
  readonly #sessions: ClientSessions;
  readonly #isRuleOn: (rule: RuleId) => boolean;
  readonly #emit: EmitEvent;

  constructor({ sessionsMax, isRuleOn = () => true, emit = () => {} }: LogStateMachineOptions = {}) {
    this.#sessions = new ClientSessions(sessionsMax);
    this.#isRuleOn = isRuleOn;
    this.#emit = emit;
  }

  /** Everything up to here has had its effect, or will have none. */
  get decidedIndex(): number {
    return this.#openRequest ? this.#openRequest.firstIndex - 1 : this.appliedIndex;
  }

  /** Applies the next committed entry. Says what became of the request that it completes. */
  apply(entry: LogEntry): RequestFate | undefined {
    if (entry.index !== this.appliedIndex + 1)
      throw new AssertionError(`entry ${entry.index} can't be applied after ${this.appliedIndex}`);
    this.appliedIndex = entry.index;
    this.digest = digestEntry(this.digest, entry);
    const fate = this.#take(entry);
    if (this.retainEntries > 0) {
      this.firstIndex = Math.max(this.firstIndex, this.appliedIndex - this.retainEntries + 1);
      this.#withoutEffect.forgetBefore(this.firstIndex);
    }
    return fate;
  }

  /** False for an applied entry that was refused, was a repetition, or is torn from the rest of its request. */
  tookEffect(index: number): boolean {
    return !this.#withoutEffect.has(index);
  }

  /** What became of a request of a session, if that is decided and remembered. With rule `client-dedupe` off nothing is. */
  outcomeOf(session: SessionStamp): RequestOutcome | undefined {
    if (!this.#isRuleOn('client-dedupe')) return undefined;
    const found = this.#sessions.find(session);
    return typeof found === 'string' ? undefined : found;
  }

  /** The whole state, to the byte the same on every server that has applied the same entries. */
  snapshot(): Uint8Array {
    const { appliedIndex, digest, lastClientEntry, retainEntries, firstIndex } = this;
    return encodeMachine({
      appliedIndex,
      digest,
      lastClientEntry,
      retainEntries,
      firstIndex,
      openRequest: this.#openRequest,
      withoutEffect: this.#withoutEffect.list(),
      sessions: this.#sessions.list(),
    });
  }

  /** Goes on from a snapshot. @throws StorageError when the bytes are none. */
  restore(bytes: Uint8Array): void {
    const { openRequest, withoutEffect, sessions, retainEntries, ...state } = decodeMachine(bytes);
    Object.assign(this, state);
    this.#retain(state.appliedIndex, retainEntries);
    this.#openRequest = openRequest;
    this.#withoutEffect.replaceBy(withoutEffect);
    this.#sessions.replaceBy(sessions);
  }

  #take(entry: LogEntry): RequestFate | undefined {
    if (entry.kind === 'client') return this.#takeClient(entry);
    this.#tear();
    if (entry.kind === 'session')
      this.#tellExpired(this.#sessions.open(entry.index), `session ${entry.index} was opened`);
    else if (entry.kind === 'retention') this.#retain(entry.index, entry.retainEntries ?? 0);
    return undefined;
  }

  #retain(index: number, retainEntries: number): void {
    if (retainEntries === this.retainEntries) return;
    this.retainEntries = retainEntries;
    this.#emit({ type: 'retention-changed', index, retainEntries });
  }

  #takeClient({ index, term, expect, session, continues = false, more = false }: LogEntry): RequestFate | undefined {
    const open = this.#openRequest;
    if (!continues) {
      this.#tear();
      this.#openRequest = { firstIndex: index, lastIndex: index, term, expect, session };
    } else if (open?.term === term) {
      this.#openRequest = { ...open, lastIndex: index };
    } else {
      return this.#takeStray(index, term);
    }
    return more ? undefined : this.#decide();
  }

  /** In logs of version 0.1 only `continues` is marked: such an entry shares the fate of the one before. */
  #takeStray(index: number, term: number): undefined {
    this.#tear();
    const before = this.lastClientEntry;
    if (before.index === index - 1 && before.term === term) this.lastClientEntry = { index, term };
    else this.#withoutEffect.add(index, index);
  }

  /** Something else stands where the open request would go on. */
  #tear(): void {
    const open = this.#openRequest;
    this.#openRequest = null;
    if (open) this.#withoutEffect.add(open.firstIndex, open.lastIndex);
  }

  #decide(): RequestFate | undefined {
    const request = this.#openRequest;
    this.#openRequest = null;
    if (!request) return undefined;
    const { firstIndex, lastIndex, term, session } = request;
    const known = session && this.#findKnown(session, lastIndex);
    const fate: RequestFate = known ?? this.#judge(request);
    if (session && !known)
      this.#tellExpired(
        this.#sessions.remember(session, fate as RequestOutcome),
        'sessions together remember too many answers',
      );
    if (known || fate.kind !== 'appended') this.#withoutEffect.add(firstIndex, lastIndex);
    else this.lastClientEntry = { index: lastIndex, term };
    return fate;
  }

  #judge({ firstIndex, lastIndex, term, expect }: OpenRequest): RequestOutcome {
    const { index: lastClientIndex, term: lastClientTerm } = this.lastClientEntry;
    const holds = !expect || (expect.prevLogIndex === lastClientIndex && expect.prevLogTerm === lastClientTerm);
    if (holds) return { kind: 'appended', firstIndex, lastIndex, term };
    return { kind: 'refused', lastClientEntry: this.lastClientEntry };
  }

  /** Rule `client-dedupe` (dissertation §6.3). Undefined for a request that is to take effect. */
  #findKnown(session: SessionStamp, index: number): RequestFate | undefined {
    this.#sessions.use(session, index);
    const found = this.#sessions.find(session);
    if (found === 'new') return undefined;
    if (found === 'expired') return { kind: 'expired', session };
    const { sessionId, sequence } = session;
    if (!this.#isRuleOn('client-dedupe')) {
      const reason = `request ${sequence} of session ${sessionId} was seen before, and takes effect again at ${index}`;
      this.#emit({ type: 'rule-waived', rule: 'client-dedupe', reason });
      return undefined;
    }
    this.#emit({ type: 'request-repeated', index, sessionId, requestSequence: sequence, rule: 'client-dedupe' });
    return found === 'forgotten' ? { kind: 'forgotten', session } : found;
  }

  #tellExpired(expired: readonly ClientSession[], why: string): void {
    for (const session of expired) this.#emit(expiryOf(session, why));
  }
}
