import { expect, it } from 'vitest';
import type { EventBody } from '../../../shared/event.ts';
import { ruleIds } from '../../../shared/rules.ts';
import { RuleMentions } from '../../../main/sim/rule-mentions.ts';

function mentioned(...bodies: EventBody[]): string[] {
  const mentions = new RuleMentions();
  for (const body of bodies) mentions.observe({ node: 1, boot: 1, sequence: 1, timeNs: 1, lamport: 1, ...body });
  return ruleIds.filter((rule) => mentions.countOf(rule) > 0);
}

it('counts a rule that an event names', () => {
  const held = { type: 'commit-held', index: 8, term: 2, reason: 'test', rule: 'own-term-commit' } as const;
  const applied = { type: 'entries-applied', from: 1, to: 2, digest: 3 } as const;
  expect(mentioned(applied)).toEqual([]);
  expect(mentioned(held, applied)).toEqual(['own-term-commit']);
});

it('sees a write that replies wait for', () => {
  const persisted = { type: 'entries-persisted', lastIndex: 1, term: 1, votedFor: null, bytes: 9, flushNs: 9 } as const;
  expect(mentioned(persisted)).toEqual(['persist-before-reply']);
});
