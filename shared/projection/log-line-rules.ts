/**
 * Lines for rules that are switched off: loud, whatever the level.
 */
import type { RuleEvent } from '../event.ts';
import type { Describers } from './log-line-shape.ts';
import { because, ruleTag } from './log-line-words.ts';

export const describeRules: Describers<RuleEvent> = {
  'rule-waived': {
    target: 'raft',
    level: 'warn',
    text: ({ rule, reason }) => `RULE OFF, which would have refused this${because(reason)}${ruleTag(rule)}`,
  },
  'promise-broken': {
    target: 'raft',
    level: 'error',
    text: ({ promise, reason }) => `PROMISE BROKEN: ${promise}${because(reason)}`,
  },
  'rules-changed': {
    target: 'raft',
    level: ({ rulesOff }) => (rulesOff.length > 0 ? 'warn' : 'info'),
    text: ({ rulesOff, reason }) =>
      `${rulesOff.length > 0 ? `RULES OFF: ${rulesOff.join(', ')}` : 'all rules are on'}${because(reason)}`,
  },
};
