/** Histories of a log that does everything right. */
import * as fc from 'fast-check';
import type { AppendOperation, HistoryOptions, Operation, SeenEntry } from '../../main/check/contract.ts';
import type { ReadMode } from '../../shared/client-request.ts';

export interface KnownHistory {
  readonly operations: readonly Operation[];
  readonly finalLog: NonNullable<HistoryOptions['finalLog']>;
}

type Asked = 'append' | 'conditional' | 'session' | ReadMode;

interface Step {
  readonly act: 'ask' | 'do' | 'answer';
  readonly ask: Asked;
  readonly pick: number;
  readonly size: number;
  readonly lost: boolean;
}

interface Open {
  operation: Operation;
  done: boolean;
}

/** The log, and those who wait for it. */
class RightLog {
  readonly answered: Operation[] = [];
  entries: (SeenEntry & { readonly lastIndex: number })[] = [];
  #open: Open[] = [];
  #nextIndex = 1;
  #timeNs = 0;
  #asked = 0;
  readonly #outcomes = new Map<string, AppendOperation['outcome']>();

  get lastIndex(): number {
    return this.#nextIndex - 1;
  }

  step({ act, ask, pick, size, lost }: Step): void {
    this.#timeNs += 1;
    if (act === 'ask') return this.#ask(ask, pick, size);
    const waiting = this.#open.filter(({ done }) => act === 'answer' || !done);
    const chosen = waiting[pick % Math.max(1, waiting.length)];
    if (chosen && act === 'do') this.#carryOut(chosen, size);
    else if (chosen) this.#answer(chosen, lost);
  }

  /** Those that wait have no answer: an append may have been carried out, a read shows nothing. */
  end(): KnownHistory {
    for (const { operation } of this.#open) this.#keep(operation, Infinity, true);
    const entries = this.entries.map(({ index, term, digest }) => ({ index, term, digest }));
    return { operations: this.answered, finalLog: { firstIndex: 1, lastIndex: this.lastIndex, entries } };
  }

  #ask(ask: Asked, pick: number, size: number): void {
    this.#asked += 1;
    const base = { requestId: `${this.#asked}`, invokedNs: this.#timeNs, completedNs: Infinity };
    if (ask === 'linearizable' || ask === 'lease' || ask === 'local') {
      const startIndex = pick % 4;
      const range = { mode: ask, startIndex, endIndex: startIndex + size * 4 };
      this.#open.push({ operation: { ...base, kind: 'read', ...range, outcome: { kind: 'failed' } }, done: false });
      return;
    }
    // Both sends of a session's request carry the same.
    const name = ask === 'session' ? 1_000 + (pick % 2) * 10 : this.#asked * 10;
    const count = ask === 'session' ? 1 : 1 + (size % 2);
    const digests = Array.from({ length: count }, (_, offset) => name + offset);
    const last = this.entries.at(-1 - (pick % 2));
    const expect = { prevLogIndex: last?.index ?? 0, prevLogTerm: last?.term ?? 0 };
    const conditions = {
      ...(ask === 'conditional' && { expect }),
      ...(ask === 'session' && { session: { sessionId: 1, sequence: pick % 2, lowestOpen: 0 } }),
    };
    const operation = { ...base, kind: 'append', digests, ...conditions, outcome: { kind: 'unknown' } } as const;
    this.#open.push({ operation, done: false });
  }

  #carryOut(open: Open, size: number): void {
    const { operation } = open;
    open.done = true;
    if (operation.kind === 'read') {
      const appliedIndex = operation.mode === 'local' ? Math.max(0, this.lastIndex - (size % 3)) : this.lastIndex;
      const entries = this.entries
        .filter(
          ({ index, lastIndex }) =>
            lastIndex <= appliedIndex && index >= operation.startIndex && index <= operation.endIndex,
        )
        .map(({ index, term, digest }) => ({ index, term, digest }));
      open.operation = { ...operation, outcome: { kind: 'ok', appliedIndex, entryCount: entries.length, entries } };
    } else if (operation.kind === 'append') {
      open.operation = { ...operation, outcome: this.#append(operation, size) };
    }
  }

  #append({ digests, expect, session }: AppendOperation, size: number): AppendOperation['outcome'] {
    const key = session && `${session.sequence}`;
    const before = key === undefined ? undefined : this.#outcomes.get(key);
    if (before) return before;
    const last = this.entries.at(-1) ?? { index: 0, term: 0 };
    this.#nextIndex += size % 2; // What a leader writes for itself.
    const meets = !expect || expect.prevLogIndex === last.index;
    const firstIndex = this.#nextIndex;
    this.#nextIndex += digests.length;
    const lastIndex = this.lastIndex;
    if (!meets) return { kind: 'conflict', last: { index: last.index, term: last.term } };
    for (const [offset, digest] of digests.entries())
      this.entries.push({ index: firstIndex + offset, term: 1, digest, lastIndex });
    const outcome = { kind: 'ok', firstIndex, lastIndex, term: 1 } as const;
    if (key !== undefined) this.#outcomes.set(key, outcome);
    return outcome;
  }

  #answer(open: Open, lost: boolean): void {
    this.#open = this.#open.filter((other) => other !== open);
    this.#keep(open.operation, this.#timeNs, lost || !open.done);
  }

  #keep(operation: Operation, completedNs: number, lost: boolean): void {
    if (operation.kind === 'append')
      this.answered.push({ ...operation, completedNs, ...(lost && { outcome: { kind: 'unknown' } }) });
    else if (operation.kind === 'read')
      this.answered.push({ ...operation, completedNs, ...(lost && { outcome: { kind: 'failed' } }) });
  }
}

const step: fc.Arbitrary<Step> = fc.record({
  act: fc.constantFrom('ask', 'do', 'do', 'answer', 'answer'),
  ask: fc.constantFrom<Asked>(
    'append',
    'append',
    'conditional',
    'session',
    'linearizable',
    'linearizable',
    'lease',
    'local',
  ),
  pick: fc.nat(7),
  size: fc.nat(5),
  lost: fc.boolean().map((lost) => lost),
});

/** @param operationsMax how many requests at most */
export function rightHistory(operationsMax: number): fc.Arbitrary<KnownHistory> {
  return fc.array(step, { minLength: 4, maxLength: operationsMax * 4 }).map((steps) => {
    const log = new RightLog();
    let asked = 0;
    for (const one of steps) {
      if (one.act === 'ask') asked += 1;
      if (one.act !== 'ask' || asked <= operationsMax) log.step(one);
    }
    return log.end();
  });
}
