import { describe } from 'vitest';
import { votersOnly } from '../../../shared/configuration.ts';
import type { MembershipEvent, TransferEvent } from '../../../shared/event.ts';
import { itReads, type LineSamples } from '../../support/log-lines.ts';

const step = { type: 'membership-step', term: 3 } as const;

const samples: LineSamples<MembershipEvent | TransferEvent> = {
  'configuration-changed': [
    [
      {
        type: 'configuration-changed',
        index: 17,
        configuration: { ...votersOnly([0, 1, 3]), outgoing: votersOnly([0, 1, 2]).voters },
        reason: 'appended',
      },
      'info raft CONFIGURATION {0,1,2}→{0,1,3} of entry 17 in force: appended',
    ],
    [
      { type: 'configuration-changed', index: 0, configuration: votersOnly([0]), reason: '' },
      'info raft CONFIGURATION {0} in force',
    ],
  ],
  'configuration-rolled-back': [
    [
      {
        type: 'configuration-rolled-back',
        fromIndex: 17,
        index: 3,
        configuration: votersOnly([0, 1, 2]),
        reason: 'entry 17 was removed',
        rule: 'rollback-config-on-truncate',
      },
      'warn raft CONFIGURATION ROLLED BACK with the entries from 17 on: {0,1,2} of entry 3 in force again: ' +
        'entry 17 was removed [§6 rollback-config-on-truncate]',
    ],
  ],
  'membership-step': [
    [
      { ...step, step: 'begun', reason: 'a person asked' },
      'info raft MEMBERSHIP CHANGE begun in term 3: a person asked',
    ],
    [
      { ...step, step: 'catch-up', reason: 'round 1 ends at 40' },
      'info raft MEMBERSHIP CHANGE waits for new servers to catch up in term 3: round 1 ends at 40',
    ],
    [
      { ...step, step: 'joint', reason: '', rule: 'joint-majorities' },
      'info raft MEMBERSHIP CHANGE in its joint phase, where both majorities decide in term 3 [§6 joint-majorities]',
    ],
    [
      { ...step, step: 'final', reason: '' },
      'info raft MEMBERSHIP CHANGE has its new configuration in the log in term 3',
    ],
    [{ ...step, step: 'done', reason: '' }, 'info raft MEMBERSHIP CHANGE DONE in term 3'],
    [
      { ...step, step: 'given-up', reason: 'node 3 does not catch up' },
      'warn raft MEMBERSHIP CHANGE GIVEN UP in term 3: node 3 does not catch up',
    ],
  ],
  'transfer-started': [
    [
      { type: 'transfer-started', to: 2, term: 3, reason: 'a person asked' },
      'info raft HANDS ITS OFFICE of term 3 to 2: a person asked',
    ],
  ],
  'timeout-now-sent': [
    [
      { type: 'timeout-now-sent', to: 2, term: 3, reason: 'it has all entries' },
      'info raft asks 2 to run at once, in term 3: it has all entries',
    ],
  ],
  'transfer-ended': [
    [
      { type: 'transfer-ended', to: 2, term: 3, done: true, reason: 'node 2 leads term 4' },
      'info raft TRANSFER to 2 DONE in term 3: node 2 leads term 4',
    ],
    [
      { type: 'transfer-ended', to: 2, term: 3, done: false, reason: 'an election timeout has passed' },
      'warn raft TRANSFER to 2 GIVEN UP in term 3: an election timeout has passed',
    ],
  ],
};

describe('lines about members and offices', () => {
  itReads(samples);
});
