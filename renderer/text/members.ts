/** Text of the panels for members, leader and rules. */
import type { ChangeMembershipRequest } from '../../shared/client-request.ts';
import type { Rule } from '../../shared/rules.ts';

const modes: Record<ChangeMembershipRequest['mode'], string> = { joint: 'Joint', 'single-server': 'One at a time' };
const modeHints: Record<ChangeMembershipRequest['mode'], string> = {
  joint: 'Any change at once: until it is through, both the old and the new servers must agree (§6).',
  'single-server': 'One voter more or less, without a joint phase (D§4.1).',
};
const kinds: Record<Rule['kind'], string> = { safety: 'safety', liveness: 'liveness' };

export const text = {
  membersTitle: 'Members',
  rulesTitle: 'Rules',
  membership: 'Membership',
  inForce: 'In force',
  sinceStart: 'since the start',
  atEntry: (index: number): string => `entry ${index}`,
  notCommitted: 'not committed',
  underWay: 'Under way',
  isVoter: 'Voter',
  isLearner: 'Learner',
  leads: 'leads',
  mode: 'How to change',
  modeName: (mode: ChangeMembershipRequest['mode']): string => modes[mode],
  modeHint: (mode: ChangeMembershipRequest['mode']): string => modeHints[mode],
  change: 'Change membership',
  nobodyVotes: 'Leave at least one voter.',
  waiting: 'The leader has not answered yet.',
  changed: (index: number): string => `Committed at index ${index}.`,

  leader: 'Leader',
  ledBy: (id: number): string => `Node ${id} leads`,
  noLeader: 'Nobody leads.',
  handsOver: (to: number): string => `It hands its office to node ${to}.`,
  transferTo: 'Hand the office to',
  noSuccessor: 'No other voter',
  transfer: 'Hand over',
  transferred: (to: number): string => `Node ${to} leads now.`,

  log: 'Log',
  retention: 'Entries that each node keeps',
  retentionHint: '0 keeps everything. Otherwise older entries go into a snapshot, and can be read no more.',
  setRetention: 'Set',
  retained: (count: number, index: number): string =>
    `${count === 0 ? 'Nothing more is dropped' : `The last ${count.toLocaleString('en')} are kept`} from now on (entry ${index} says so).`,

  rules: 'Rules of Raft',
  rulesHint: 'Switch one off and see which promise breaks. All nodes go by it at once.',
  allOn: 'All rules are on.',
  someOff: (count: number): string => (count === 1 ? 'One rule is off.' : `${count} rules are off.`),
  switchAllOn: 'Switch all on',
  kind: (kind: Rule['kind']): string => kinds[kind],
  off: 'Off:',
  isOff: 'off',
  promise: 'Promise:',
};
