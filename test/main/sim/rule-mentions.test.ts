import { expect, it } from 'vitest';
import type { EventBody } from '../../../shared/event.ts';
import { ruleIds } from '../../../shared/rules.ts';
import { RuleMentions } from '../../../main/sim/rule-mentions.ts';

function mentioned(isJoint: boolean, ...bodies: EventBody[]): string[] {
  const mentions = new RuleMentions();
  for (const body of bodies)
    mentions.observe({ node: 1, boot: 1, sequence: 1, timeNs: 1, lamport: 1, ...body }, isJoint);
  return ruleIds.filter((rule) => mentions.countOf(rule) > 0);
}

const elected = { type: 'role-changed', from: 'candidate', to: 'leader', term: 2, reason: 'test' } as const;
const noop = { type: 'entries-appended', firstIndex: 8, lastIndex: 8, term: 2, reason: 'test' } as const;
const commit = { type: 'commit-advanced', to: 8, term: 2, reason: 'test', rule: 'durable-quorum-commit' } as const;

it('counts a rule that an event names', () => {
  expect(mentioned(false, { ...commit, from: 7 })).toEqual(['durable-quorum-commit']);
});

it('sees the first entry of a leader, and what waited for its commit', () => {
  expect(mentioned(false, elected, noop, { ...commit, from: 7 })).toEqual(['durable-quorum-commit', 'leader-noop']);
  expect(mentioned(false, elected, noop, { ...commit, from: 5 })).toEqual([
    'own-term-commit',
    'durable-quorum-commit',
    'leader-noop',
  ]);
  expect(mentioned(false, noop, { ...commit, from: 5 })).toEqual(['durable-quorum-commit']);
});

it('sees both majorities at work when a leader commits in a joint configuration', () => {
  expect(mentioned(true, elected, noop, { ...commit, from: 7 })).toContain('joint-majorities');
});
