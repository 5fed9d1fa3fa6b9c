import { expect, it } from 'vitest';
import type { EventBody, LabEvent } from '../../../shared/event.ts';
import { ruleIds } from '../../../shared/rules.ts';
import { CornerCounter, cornerNames, noCorners } from '../../../main/sim/corners.ts';

function count(...bodies: EventBody[]): Record<string, number> {
  const counter = new CornerCounter();
  for (const body of bodies) {
    const event: LabEvent = { node: 1, boot: 1, sequence: 1, timeNs: 1, lamport: 1, ...body };
    counter.observe(event);
  }
  return Object.fromEntries(Object.entries(counter.counts).filter(([, number]) => number > 0));
}

const chunk = { type: 'snapshot-chunk-taken', lastIncludedIndex: 9, nextOffset: 20, totalBytes: 30 } as const;
const empty = { voters: [], outgoing: [], learners: [] };
const joint = { voters: [], outgoing: [{ id: 1, storage: 1 }], learners: [] };

it('begins with every corner at 0: those of events and one for each rule', () => {
  expect(Object.keys(noCorners())).toEqual([...cornerNames, ...ruleIds.map((rule) => `rule ${rule}`)]);
});

it('counts what an event tells by itself, and the rule that it names', () => {
  const truncated = { type: 'entries-truncated', fromIndex: 3, lastIndex: 5, reason: 'test' } as const;
  const stepsDown = { type: 'role-changed', from: 'leader', to: 'follower', term: 2, reason: 'test' } as const;
  expect(
    count(
      { ...truncated, rule: 'truncate-only-on-conflict' },
      { ...stepsDown, rule: 'check-quorum' },
      { ...stepsDown, rule: 'step-down-on-stuck-disk' },
    ),
  ).toEqual({
    'uncommitted-truncation': 1,
    'check-quorum-step-down': 1,
    'stuck-disk-step-down': 1,
    'rule truncate-only-on-conflict': 1,
    'rule check-quorum': 1,
    'rule step-down-on-stuck-disk': 1,
  });
});

it('counts a snapshot that goes on from another leader, not one that begins anew', () => {
  expect(count({ ...chunk, from: 0, offset: 0 }, { ...chunk, from: 2, offset: 10 })).toEqual({ 'snapshot-resumed': 1 });
  expect(count({ ...chunk, from: 0, offset: 0 }, { ...chunk, from: 0, offset: 10 })).toEqual({});
  expect(count({ ...chunk, from: 0, offset: 0 }, { ...chunk, from: 2, offset: 0 })).toEqual({});
});

it('counts a crash while a configuration is joint', () => {
  const changed = { type: 'configuration-changed', index: 4, reason: 'test' } as const;
  const ended = { type: 'node-ended', target: 2, cause: 'crashed', reason: 'test' } as const;
  expect(count({ ...changed, configuration: joint }, ended)).toEqual({ 'joint-phase-with-crash': 1 });
  expect(count({ ...changed, configuration: joint }, { ...changed, configuration: empty }, ended)).toEqual({});
});

it('counts a term with two candidates once', () => {
  const election = { type: 'election-started', votersNeeded: 2, reason: 'test' } as const;
  expect(count({ ...election, term: 3 }, { ...election, term: 3 }, { ...election, term: 3 })).toEqual({
    'split-vote': 1,
  });
});
