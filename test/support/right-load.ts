/**
 * Histories of several clients at once against a log that does everything right: appends, conditional ones, requests of a session that
 * are sent twice, reads of three kinds; some answers are lost. Everything is answered in the end, and a read of everything is last.
 */
import type { AppendOperation, Operation, ReadOperation, SeenEntry } from '../../main/check/contract.ts';
import { Draws } from '../../main/sim/draws.ts';
import type { ReadMode } from '../../shared/client-request.ts';

type Asked = Pick<AppendOperation, 'digests' | 'expect' | 'session'> | { readonly mode: ReadMode };

const readModes: readonly ReadMode[] = ['linearizable', 'lease', 'local'];
const toTheEnd = 1_000_000;

class RightLog {
  readonly entries: (SeenEntry & { readonly lastIndex: number })[] = [];
  lastIndex = 0;
  readonly #answered = new Map<number, AppendOperation['outcome']>();

  append({
    digests,
    expect,
    session,
  }: Pick<AppendOperation, 'digests' | 'expect' | 'session'>): AppendOperation['outcome'] {
    const before = session && this.#answered.get(session.sequence);
    if (before) return before;
    const outcome = this.#judge(digests, expect);
    if (session) this.#answered.set(session.sequence, outcome);
    return outcome;
  }

  read(startIndex: number, appliedIndex: number): ReadOperation['outcome'] {
    const entries = this.entries
      .filter(({ index, lastIndex }) => index >= startIndex && lastIndex <= appliedIndex)
      .map(({ index, term, digest }) => ({ index, term, digest }));
    return { kind: 'ok', appliedIndex, entryCount: entries.length, entries };
  }

  #judge(digests: readonly number[], expect: AppendOperation['expect']): AppendOperation['outcome'] {
    const { index, term } = this.entries.at(-1) ?? { index: 0, term: 0 };
    const firstIndex = this.lastIndex + 1;
    this.lastIndex += digests.length;
    const { lastIndex } = this;
    if (expect && expect.prevLogIndex !== index) return { kind: 'conflict', last: { index, term } };
    for (const [offset, digest] of digests.entries())
      this.entries.push({ index: firstIndex + offset, term: 1, digest, lastIndex });
    return { kind: 'ok', firstIndex, lastIndex, term: 1 };
  }
}

/** @returns some hundreds of operations, in the order in which they were asked */
export function rightLoad(seed: number, count = 200): readonly Operation[] {
  const draws = new Draws(seed, 'a right load');
  const log = new RightLog();
  const operations: Operation[] = [];
  const effects: { readonly atNs: number; readonly carryOut: () => void }[] = [];
  for (let at = 1; at <= count; at++) {
    const invokedNs = at * 10 + draws.integer(0, 9);
    const atNs = invokedNs + draws.integer(1, 40);
    const completedNs = atNs + draws.integer(1, 40);
    const base = { requestId: `r${at}`, invokedNs, completedNs };
    const isLost = draws.integer(0, 19) === 0;
    const position = operations.length;
    const kind = draws.integer(0, 9);
    operations.push({ ...base, kind: 'append', digests: [], outcome: { kind: 'unknown' } });
    effects.push({
      atNs,
      carryOut: () => {
        if (kind >= 7) operations[position] = readOf(base, readModes[kind - 7] ?? 'local', log, isLost, draws);
        else operations[position] = appendOf(base, kind, at, log, isLost, draws);
      },
    });
  }
  for (const { carryOut } of effects.toSorted((left, right) => left.atNs - right.atNs)) carryOut();
  const endNs = (count + 20) * 10;
  const end = {
    requestId: 'end',
    invokedNs: endNs,
    completedNs: endNs + 1,
    kind: 'read',
    mode: 'linearizable',
  } as const;
  return [...operations, { ...end, startIndex: 0, endIndex: toTheEnd, outcome: log.read(0, log.lastIndex) }];
}

type Base = Pick<Operation, 'requestId' | 'invokedNs' | 'completedNs'>;

function appendOf(base: Base, kind: number, at: number, log: RightLog, isLost: boolean, draws: Draws): AppendOperation {
  const last = log.entries.at(draws.integer(0, 2) === 0 ? -2 : -1);
  const isRepeated = kind === 6;
  const sequence = isRepeated ? 1 + Math.floor(at / 10) : 0;
  const digests = isRepeated
    ? [sequence * 7]
    : Array.from({ length: 1 + (at % 3) }, (_, offset) => 1_000 + at * 10 + offset);
  const asked: Exclude<Asked, { mode: ReadMode }> = {
    digests,
    ...(kind === 5 && { expect: { prevLogIndex: last?.index ?? 0, prevLogTerm: last?.term ?? 0 } }),
    ...(isRepeated && { session: { sessionId: 1, sequence, lowestOpen: 1 } }),
  };
  // What is lost on its way has no effect.
  const outcome = isLost && at % 2 === 0 ? ({ kind: 'unknown' } as const) : log.append(asked);
  return { ...base, kind: 'append', ...asked, outcome: isLost ? { kind: 'unknown' } : outcome };
}

function readOf(base: Base, mode: ReadMode, log: RightLog, isLost: boolean, draws: Draws): ReadOperation {
  const appliedIndex = mode === 'local' ? Math.max(0, log.lastIndex - draws.integer(0, 9)) : log.lastIndex;
  const startIndex = Math.max(0, appliedIndex - draws.integer(0, 20));
  const outcome: ReadOperation['outcome'] = isLost ? { kind: 'failed' } : log.read(startIndex, appliedIndex);
  return { ...base, kind: 'read', mode, startIndex, endIndex: toTheEnd, outcome };
}
