import { describe } from 'vitest';
import type { RuleEvent } from '../../../shared/event.ts';
import { itReads, type LineSamples } from '../../support/log-lines.ts';

const samples: LineSamples<RuleEvent> = {
  'rule-waived': [
    [
      { type: 'rule-waived', rule: 'one-vote-per-term', reason: 'I voted for 1 in term 3' },
      'warn raft RULE OFF, which would have refused this: I voted for 1 in term 3 [§5.2 one-vote-per-term]',
    ],
  ],
  'promise-broken': [
    [
      { type: 'promise-broken', promise: 'At most one leader in a term', reason: '0 and 1 lead term 3' },
      'error raft PROMISE BROKEN: At most one leader in a term: 0 and 1 lead term 3',
    ],
  ],
  'rules-changed': [
    [
      { type: 'rules-changed', rulesOff: ['pre-vote', 'check-quorum'], reason: 'a person asked' },
      'warn raft RULES OFF: pre-vote, check-quorum: a person asked',
    ],
    [{ type: 'rules-changed', rulesOff: [], reason: 'a person asked' }, 'info raft all rules are on: a person asked'],
  ],
};

describe('lines about rules that are off', () => {
  itReads(samples);
});
