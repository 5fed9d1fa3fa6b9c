/**
 * Lines for what the consensus core decided. In capitals, as in the prototype's log: what changes a server's standing.
 */
import { assertNever } from '../assert.ts';
import type { CoreEvent, EventOf } from '../event.ts';
import type { Describers } from './log-line-shape.ts';
import { describeMembership } from './log-line-membership.ts';
import { messageName } from './log-line-net.ts';
import { describeRules } from './log-line-rules.ts';
import { describeSnapshots } from './log-line-snapshot.ts';
import { because, counted, inBrackets, ruleTag, span } from './log-line-words.ts';

export const describeCore: Describers<CoreEvent> = {
  ...describeMembership,
  ...describeSnapshots,
  ...describeRules,
  'role-changed': {
    target: 'raft',
    level: 'info',
    text: ({ from, to, term, reason, rule }) =>
      `${from.toUpperCase()} → ${to.toUpperCase()} in term ${term}${because(reason)}${ruleTag(rule)}`,
  },
  'term-changed': {
    target: 'raft',
    level: 'info',
    text: ({ from, to, reason, rule }) => `TERM ${from} → ${to}${because(reason)}${ruleTag(rule)}`,
  },
  'leader-known': {
    target: 'raft',
    level: 'info',
    text: ({ leaderId, term }) => `the leader of term ${term} is ${leaderId}`,
  },
  'pre-vote-started': {
    target: 'raft',
    level: 'info',
    text: ({ term, votersNeeded, reason, rule }) =>
      `PRE-VOTE for term ${term}, ${counted(votersNeeded, 'vote', 'votes')} needed${because(reason)}${ruleTag(rule)}`,
  },
  'pre-vote-answered': {
    target: 'raft',
    level: ({ granted }) => (granted ? 'info' : 'warn'),
    text: ({ candidateId, term, granted, reason, rule }) =>
      `${granted ? 'would vote' : 'would not vote'} for ${candidateId} in term ${term}${because(reason)}${ruleTag(rule)}`,
  },
  'pre-vote-counted': {
    target: 'raft',
    level: 'info',
    text: ({ from, granted, term, votes, votersNeeded }) =>
      `${from} ${granted ? 'would' : 'would not'} vote for me in term ${term}: ` +
      `${votes.length} of the ${votersNeeded} needed would (${votes.join(', ')})`,
  },
  'election-started': {
    target: 'raft',
    level: 'info',
    text: ({ term, votersNeeded, reason }) =>
      `ELECTION for term ${term}, ${counted(votersNeeded, 'vote', 'votes')} needed${because(reason)}`,
  },
  'vote-granted': {
    target: 'raft',
    level: 'info',
    text: ({ candidateId, term, reason }) => `vote granted to ${candidateId} in term ${term}${because(reason)}`,
  },
  'vote-refused': {
    target: 'raft',
    level: 'warn',
    text: ({ candidateId, term, reason, rule }) =>
      `vote refused to ${candidateId} in term ${term}${because(reason)}${ruleTag(rule)}`,
  },
  'vote-counted': {
    target: 'raft',
    level: 'info',
    text: ({ from, granted, term, votes, votersNeeded }) =>
      `${granted ? `vote of ${from} counts` : `${from} refused its vote`} in term ${term}: ` +
      `has ${votes.length} of the ${votersNeeded} needed (${votes.join(', ')})`,
  },
  'entries-appended': {
    target: 'raft',
    level: 'debug',
    text: ({ firstIndex, lastIndex, term, reason, rule }) =>
      `appends ${span(firstIndex, lastIndex)} of term ${term}${because(reason)}${ruleTag(rule)}`,
  },
  'entries-truncated': {
    target: 'raft',
    level: 'warn',
    text: ({ fromIndex, lastIndex, reason, rule }) =>
      `REMOVES ${span(fromIndex, lastIndex)}${because(reason)}${ruleTag(rule)}`,
  },
  'append-refused': {
    target: 'raft',
    level: 'warn',
    text: ({ leaderId, term, prevLogIndex, prevLogTerm, reason, rule }) =>
      `append refused to ${leaderId} in term ${term}, behind index ${prevLogIndex} of term ${prevLogTerm}` +
      `${because(reason)}${ruleTag(rule)}`,
  },
  'follower-progress': {
    target: 'raft',
    level: 'debug',
    text: ({ follower, mode, matchIndex, nextIndex, reason }) =>
      `follower ${follower} (${mode}) has match ${matchIndex}, next ${nextIndex}${because(reason)}`,
  },
  'commit-held': {
    target: 'raft',
    level: 'info',
    text: ({ index, reason, rule }) => `does not commit ${index} yet${because(reason)}${ruleTag(rule)}`,
  },
  'commit-advanced': {
    target: 'raft',
    level: 'info',
    text: ({ from, to, reason, rule }) => `COMMITS ${from} → ${to}${inBrackets(reason)}${ruleTag(rule)}`,
  },
  'message-ignored': {
    target: 'raft',
    level: 'debug',
    text: ({ from, kind, term, reason, rule }) =>
      `ignores ${messageName(kind)} of ${from} in term ${term}${because(reason)}${ruleTag(rule)}`,
  },
  'read-confirmed': {
    target: 'raft',
    level: 'debug',
    text: ({ by, readIndex, reads, reason, rule }) =>
      `confirms ${counted(reads, 'read', 'reads')} at index ${readIndex}${by === 'lease' ? ' by its lease' : ''}` +
      `${because(reason)}${ruleTag(rule)}`,
  },
  'lease-not-held': {
    target: 'raft',
    level: 'debug',
    text: ({ reads, reason, rule }) =>
      `has no lease for ${counted(reads, 'read', 'reads')} and asks a majority${because(reason)}${ruleTag(rule)}`,
  },
  'request-held': {
    target: 'raft',
    level: ({ what }) => (what === 'read' || what === 'append' ? 'debug' : 'info'),
    text: ({ what, count, reason, rule }) => `holds ${heldText(what, count)}${because(reason)}${ruleTag(rule)}`,
  },
  'election-withheld': {
    target: 'raft',
    level: ({ again }) => (again ? 'debug' : 'warn'),
    text: ({ term, reason, rule, again }) =>
      `${again ? 'still does not run' : 'DOES NOT RUN'} for term ${term}${because(reason)}${ruleTag(rule)}`,
  },
};

function heldText(what: EventOf<'request-held'>['what'], count: number): string {
  switch (what) {
    case 'read':
      return counted(count, 'read', 'reads');
    case 'append':
      return counted(count, 'append', 'appends');
    case 'membership-change':
      return counted(count, 'change of membership', 'changes of membership');
    case 'transfer':
      return counted(count, 'transfer', 'transfers');
    default:
      return assertNever(what, 'log line');
  }
}
