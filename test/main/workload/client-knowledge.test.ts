import { expect, it } from 'vitest';
import { ClientKnowledge } from '../../../main/workload/client-knowledge.ts';

const nothing = new Uint8Array(0);

it('begins at the beginning', () => {
  const knowledge = new ClientKnowledge();
  expect(knowledge.expectation).toEqual({ prevLogIndex: 0, prevLogTerm: 0 });
  expect(knowledge.range('local')).toEqual({ kind: 'index-range', startIndex: 1, endIndex: 10, read: 'local' });
});

it('reads around the last that it knows of, and expects the last client entry that it saw', () => {
  const knowledge = new ClientKnowledge();
  knowledge.learn({ kind: 'append', firstIndex: 40, lastIndex: 41, term: 3 });
  expect(knowledge.expectation).toEqual({ prevLogIndex: 41, prevLogTerm: 3 });
  expect(knowledge.range('lease')).toMatchObject({ startIndex: 32, endIndex: 51, read: 'lease' });
  const entries = [{ index: 45, term: 4, kind: 'client', payload: nothing }] as const;
  knowledge.learn({ kind: 'index-range', entries, appliedIndex: 60 });
  expect(knowledge.expectation).toEqual({ prevLogIndex: 45, prevLogTerm: 4 });
  expect(knowledge.range('linearizable')).toMatchObject({ startIndex: 51, endIndex: 70 });
});

it('does not go back, and learns from failures', () => {
  const knowledge = new ClientKnowledge();
  knowledge.learn({ kind: 'append', firstIndex: 9, lastIndex: 9, term: 2 });
  knowledge.learn({ kind: 'index-range', entries: [], appliedIndex: 5 });
  knowledge.learnFailure({ code: 'conflict', message: '', lastClientEntry: { index: 4, term: 1 } });
  expect(knowledge.range('local').startIndex).toBe(1);
  expect(knowledge.expectation.prevLogIndex).toBe(9);
  knowledge.learnFailure({ code: 'conflict', message: '', lastClientEntry: { index: 12, term: 2 } });
  expect(knowledge.expectation).toEqual({ prevLogIndex: 12, prevLogTerm: 2 });
  knowledge.learnFailure({ code: 'compacted', message: '', firstIndex: 1_000 });
  expect(knowledge.range('local').startIndex).toBeGreaterThanOrEqual(1_000);
});
