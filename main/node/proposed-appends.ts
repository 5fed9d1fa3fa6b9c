/**
 * Appends that stand in this leader's log until their fate is decided: the entry at their last index is applied, or one
 * of a later term before it, behind which nothing of theirs can come any more (terms never fall along a log).
 */
import type { AppendAnswer } from '../../shared/client-request.ts';
import type { LogEntry } from '../../shared/log-entry.ts';
import { fail, succeed, type Result } from '../../shared/result.ts';
import type { LogStateMachine } from './log-state-machine.ts';
import type { ProposedPhase, Waiting } from './waiting-request.ts';

export class ProposedAppends {
  /** By last index; the appends of two terms may meet at one. */
  readonly #byLastIndex = new Map<number, Waiting[]>();
  #appliedTerm = 0;

  add(waiting: Waiting, phase: ProposedPhase): void {
    waiting.phase = phase;
    const others = this.#byLastIndex.get(phase.lastIndex);
    if (others) others.push(waiting);
    else this.#byLastIndex.set(phase.lastIndex, [waiting]);
  }

  /** Its client waits no longer. */
  forget(waiting: Waiting, { lastIndex }: ProposedPhase): void {
    const others = this.#byLastIndex.get(lastIndex)?.filter((other) => other !== waiting) ?? [];
    if (others.length > 0) this.#byLastIndex.set(lastIndex, others);
    else this.#byLastIndex.delete(lastIndex);
  }

  /** Those whose fate an entry decides, as entries are applied one by one. */
  decidedBy(entry: LogEntry): readonly Waiting[] {
    const ends = this.#byLastIndex.get(entry.index) ?? [];
    if (entry.term === this.#appliedTerm) return ends;
    this.#appliedTerm = entry.term;
    const isOutlived = ({ phase }: Waiting): boolean => phase.name === 'proposed' && phase.term < entry.term;
    const outlived = [...this.#byLastIndex.values()].flat().filter(isOutlived);
    return [...ends.filter((waiting) => !isOutlived(waiting)), ...outlived];
  }
}

/**
 * What became of an append that `decisive` decides. An index and a term name one entry for ever (Raft §5.3, Log
 * Matching), so an entry at its place with its term is its own.
 * @param readEntry reads an applied entry
 */
export function judgeAppend(
  phase: ProposedPhase,
  decisive: LogEntry,
  machine: LogStateMachine,
  readEntry: (index: number) => LogEntry,
): Result<AppendAnswer> {
  const { firstIndex, lastIndex, term } = phase;
  const isWhole = decisive.term === term;
  const isBegun = isWhole || (firstIndex < decisive.index && readEntry(firstIndex).term === term);
  if (!isBegun) return lost(phase);
  if (machine.isRefused(firstIndex)) return conflict(machine);
  return isWhole ? succeed({ kind: 'append', firstIndex, lastIndex, term }) : inPart(phase);
}

function lost({ term }: ProposedPhase): Result<AppendAnswer> {
  return fail(
    'leadership-lost',
    `The leader of term ${term} lost its office before the append was committed, and the log went on without it. Append again.`,
  );
}

/** Entries commit one by one: a new leader may hold the first ones only. Said as a failure after which one has to look. */
function inPart({ term, firstIndex, lastIndex }: ProposedPhase): Result<AppendAnswer> {
  return fail(
    'timed-out',
    `The leader of term ${term} lost its office when a part of the append was on its way: entry ${firstIndex} is in the log, the one for ${lastIndex} is not. Read the log from ${firstIndex} before you append the rest.`,
  );
}

function conflict({ lastClientEntry }: LogStateMachine): Result<AppendAnswer> {
  const { index, term } = lastClientEntry;
  const message = `The last client entry is ${index} (term ${term}), not the expected one. Nothing was appended; read the log and try again.`;
  return { ok: false, failure: { code: 'conflict', message, lastClientEntry } };
}
