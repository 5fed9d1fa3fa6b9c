/**
 * Requests that stand in this leader's log until their fate is decided: the entry at their last index is applied, or one
 * of a later term before it, behind which nothing of theirs can come any more (terms never fall along a log).
 */
import type { ClientAnswer, ClientRequest } from '../../shared/client-request.ts';
import type { LogEntry } from '../../shared/log-entry.ts';
import { required } from '../../shared/assert.ts';
import { RisingMap } from '../../shared/rising-map.ts';
import { fail, succeed, type Failure, type Result } from '../../shared/result.ts';
import type { ClientEntryPosition } from './client-sessions.ts';
import type { RequestFate } from './log-state-machine.ts';
import type { ProposedPhase, Waiting } from './waiting-request.ts';

const nobody: readonly Waiting[] = [];

export class ProposedRequests {
  /** By last index. */
  readonly #byLastIndex = new RisingMap<Waiting>();
  /** The requests of two terms may meet at one index: those that came to one that was taken. */
  #others: Waiting[] = [];
  #appliedTerm = 0;

  add(waiting: Waiting, phase: ProposedPhase): void {
    waiting.phase = phase;
    if (this.#byLastIndex.has(phase.lastIndex)) this.#others.push(waiting);
    else this.#byLastIndex.set(phase.lastIndex, waiting);
  }

  /** Its client waits no longer. */
  forget(waiting: Waiting, { lastIndex }: ProposedPhase): void {
    if (this.#byLastIndex.get(lastIndex) === waiting) this.#byLastIndex.delete(lastIndex);
    else if (this.#others.length > 0) this.#others = this.#others.filter((other) => other !== waiting);
  }

  /** Those whose fate an entry decides, as entries are applied one by one. */
  decidedBy({ index, term }: Pick<LogEntry, 'index' | 'term'>): readonly Waiting[] {
    const end = this.#byLastIndex.get(index);
    if (term === this.#appliedTerm && this.#others.length === 0) return end ? [end] : nobody;
    const ends = this.#find((phase) => phase.lastIndex === index);
    if (term === this.#appliedTerm) return ends;
    this.#appliedTerm = term;
    const outlived = this.#find((phase) => phase.term < term);
    return [...ends.filter((waiting) => !outlived.includes(waiting)), ...outlived];
  }

  /** Those that a snapshot went past: it does not say which entries led to it. */
  coveredBy(lastIncludedIndex: number): readonly Waiting[] {
    return this.#find((phase) => phase.lastIndex <= lastIncludedIndex);
  }

  #find(matches: (phase: ProposedPhase) => boolean): readonly Waiting[] {
    const all = [...this.#byLastIndex.values(), ...this.#others];
    return all.filter(({ phase }) => phase.name === 'proposed' && matches(phase));
  }
}

/** The entries never took effect, and never will. */
export type Judgement =
  | { readonly kind: 'lost'; readonly failure: Failure }
  | { readonly kind: 'decided'; readonly result: Result<ClientAnswer> };

/**
 * What became of a request that `decisive` decides. An index and a term name one entry for ever (Raft §5.3, Log
 * Matching), so an entry at its last place with its term is its own. Otherwise the request is torn or gone as a whole.
 * @param fate what the state machine says of the append that ends with `decisive`
 */
export function judgeRequest(
  request: ClientRequest,
  { lastIndex, term }: ProposedPhase,
  decisive: Pick<LogEntry, 'index' | 'term'>,
  fate: RequestFate | undefined,
): Judgement {
  if (decisive.index !== lastIndex || decisive.term !== term) return { kind: 'lost', failure: lost(term) };
  return { kind: 'decided', result: answerOf(request, lastIndex, fate) };
}

function answerOf(request: ClientRequest, index: number, fate: RequestFate | undefined): Result<ClientAnswer> {
  if (request.kind === 'open-session') return succeed({ kind: 'open-session', sessionId: index });
  if (request.kind === 'set-retention') return succeed({ kind: 'set-retention', index });
  return answerOfFate(required(fate, `the append that ends at ${index} is decided when that is applied`));
}

/** What a client is told of its append. */
export function answerOfFate(fate: RequestFate): Result<ClientAnswer> {
  switch (fate.kind) {
    case 'appended': {
      const { firstIndex, lastIndex, term } = fate;
      return succeed({ kind: 'append', firstIndex, lastIndex, term });
    }
    case 'refused':
      return conflict(fate.lastClientEntry);
    case 'expired':
      return fail(
        'session-expired',
        `Session ${fate.session.sessionId} is not known, or is not known any more. Open another one. Whether an earlier copy of this append took effect is not known.`,
      );
    default:
      return fail(
        'session-expired',
        `Session ${fate.session.sessionId} has the answer to request ${fate.session.sequence} already, as its client said, and does not keep it. Use a sequence number that is not below lowestOpen.`,
      );
  }
}

function lost(term: number): Failure {
  return {
    code: 'leadership-lost',
    message: `The leader of term ${term} lost its office before the request was committed, and the log went on without it. Ask again.`,
  };
}

function conflict(lastClientEntry: ClientEntryPosition): Result<never> {
  const { index, term } = lastClientEntry;
  const message = `The last client entry was ${index} (term ${term}), not the expected one. Nothing was appended; read the log and try again.`;
  return { ok: false, failure: { code: 'conflict', message, lastClientEntry } };
}
