import { describe, expect, it } from 'vitest';
import { AssertionError } from '../../../shared/assert.ts';
import type { EntryDraft } from '../../../shared/log-entry.ts';
import {
  adoptEntries,
  appendEntries,
  beginStep,
  changeHardState,
  finishStep,
  sendNow,
  sendWhenDurable,
  truncateLog,
} from '../../../main/raft/step-context.ts';
import { persistAll, stateOf } from '../../support/core-messages.ts';

const draft: EntryDraft = { kind: 'client', payload: new Uint8Array(2) };
const question = { kind: 'read-index', term: 1, round: 1, mode: 'linearizable' } as const;

describe("a step's change to stable storage", () => {
  it('is one write, however many changes it has', () => {
    const step = beginStep(stateOf({ log: [1, 1] }), 0);
    changeHardState(step, 2, null);
    truncateLog(step, 2);
    expect(appendEntries(step, 2, [draft, draft])).toBe(2);
    changeHardState(step, 2, 1);
    expect(finishStep(step).persist).toEqual({
      write: 1,
      hardState: { term: 2, votedFor: 1 },
      truncateFrom: 2,
      entries: [
        { ...draft, index: 2, term: 2 },
        { ...draft, index: 3, term: 2 },
      ],
    });
    expect(step.state.pendingWrites).toEqual([{ write: 1, lastIndex: 3, sinceNs: 0 }]);
  });

  it('names only what changed', () => {
    const step = beginStep(stateOf(), 0);
    appendEntries(step, 1, [draft]);
    expect(Object.keys(finishStep(step).persist ?? {})).toEqual(['write', 'entries']);
  });

  it('is not there when nothing changed, and takes no number', () => {
    const state = stateOf();
    expect(finishStep(beginStep(state, 0)).persist).toBeUndefined();
    expect(state.lastWrite).toBe(0);
  });

  it('numbers rise by one', () => {
    const state = stateOf();
    const writes = [1, 2, 3].map((term) => {
      const step = beginStep(state, 0);
      changeHardState(step, term, null);
      return finishStep(step).persist?.write;
    });
    expect(writes).toEqual([1, 2, 3]);
  });
});

describe('what waits for the disk', () => {
  it('waits for the last write, also for one of an earlier step', () => {
    const state = stateOf();
    const first = beginStep(state, 0);
    changeHardState(first, 2, 1);
    sendWhenDurable(first, 1, question);
    sendNow(first, 2, question);
    expect(finishStep(first).sends.map(({ after }) => after)).toEqual([1, 0]);
    const second = beginStep(state, 0);
    sendWhenDurable(second, 1, question);
    expect(second.effects.sends[0]?.after).toBe(1);
  });

  it('does not wait when everything is on disk', () => {
    const state = stateOf();
    const first = beginStep(state, 0);
    changeHardState(first, 2, 1);
    finishStep(first);
    persistAll(state);
    const second = beginStep(state, 0);
    sendWhenDurable(second, 1, question);
    expect(second.effects.sends[0]?.after).toBe(0);
  });
});

describe('what may never happen', () => {
  it.each([
    ['the term falls', (step) => changeHardState(step, 0, null)],
    ['a committed entry is removed', (step) => truncateLog(step, 1)],
    ['the terms of the log fall', (step) => adoptEntries(step, [{ ...draft, index: 2, term: 0 }])],
    ['an append without entries, which no write would carry', (step) => appendEntries(step, 1, [])],
  ] satisfies [string, (step: ReturnType<typeof beginStep>) => unknown][])('%s', (_what, act) => {
    const state = stateOf({ log: [1], rulesOff: [] });
    state.commitIndex = 1;
    expect(() => act(beginStep(state, 0))).toThrow(AssertionError);
  });

  it('a truncation behind an append of the same step', () => {
    const step = beginStep(stateOf(), 0);
    appendEntries(step, 1, [draft]);
    expect(() => truncateLog(step, 1)).toThrow(AssertionError);
  });
});
