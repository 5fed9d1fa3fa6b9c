/**
 * Lines for who belongs to the cluster, and for an office that is handed over.
 */
import { describeConfiguration } from '../configuration.ts';
import type { EventOf, MembershipEvent, TransferEvent } from '../event.ts';
import type { Describers } from './log-line-shape.ts';
import { because, ruleTag } from './log-line-words.ts';

const steps: Readonly<Record<EventOf<'membership-step'>['step'], string>> = {
  begun: 'begun',
  'catch-up': 'waits for new servers to catch up',
  joint: 'in its joint phase, where both majorities decide',
  final: 'has its new configuration in the log',
  done: 'DONE',
  'given-up': 'GIVEN UP',
};

export const describeMembership: Describers<MembershipEvent | TransferEvent> = {
  'configuration-changed': {
    target: 'raft',
    level: 'info',
    text: ({ index, configuration, reason }) =>
      `CONFIGURATION ${describeConfiguration(configuration)}${placeText(index)} in force${because(reason)}`,
  },
  'configuration-rolled-back': {
    target: 'raft',
    level: 'warn',
    text: ({ fromIndex, index, configuration, reason, rule }) =>
      `CONFIGURATION ROLLED BACK with the entries from ${fromIndex} on: ` +
      `${describeConfiguration(configuration)}${placeText(index)} in force again${because(reason)}${ruleTag(rule)}`,
  },
  'membership-step': {
    target: 'raft',
    level: ({ step }) => (step === 'given-up' ? 'warn' : 'info'),
    text: ({ step, term, reason, rule }) =>
      `MEMBERSHIP CHANGE ${steps[step]} in term ${term}${because(reason)}${ruleTag(rule)}`,
  },
  'transfer-started': {
    target: 'raft',
    level: 'info',
    text: ({ to, term, reason }) => `HANDS ITS OFFICE of term ${term} to ${to}${because(reason)}`,
  },
  'timeout-now-sent': {
    target: 'raft',
    level: 'info',
    text: ({ to, term, reason }) => `asks ${to} to run at once, in term ${term}${because(reason)}`,
  },
  'transfer-ended': {
    target: 'raft',
    level: ({ done }) => (done ? 'info' : 'warn'),
    text: ({ to, term, done, reason }) =>
      `TRANSFER to ${to} ${done ? 'DONE' : 'GIVEN UP'} in term ${term}${because(reason)}`,
  },
};

/** ` of entry 17`; the one that the cluster began with has none. */
function placeText(index: number): string {
  return index === 0 ? '' : ` of entry ${index}`;
}
