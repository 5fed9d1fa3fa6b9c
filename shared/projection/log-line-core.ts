/**
 * Lines for what the consensus core decided. In capitals, as in the prototype's log: what changes a server's standing.
 */
import type { CoreEvent } from '../event.ts';
import type { Describers } from './log-line-shape.ts';
import { because, counted, inBrackets, ruleTag, span } from './log-line-words.ts';
import { messageName } from './log-line-net.ts';

export const describeCore: Describers<CoreEvent> = {
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
    text: ({ term, votersNeeded, reason }) =>
      `PRE-VOTE for term ${term}, ${counted(votersNeeded, 'vote', 'votes')} needed${because(reason)}`,
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
    text: ({ firstIndex, lastIndex, term, reason }) =>
      `appends ${span(firstIndex, lastIndex)} of term ${term}${because(reason)}`,
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
    text: ({ follower, matchIndex, nextIndex, reason }) =>
      `follower ${follower} has match ${matchIndex}, next ${nextIndex}${because(reason)}`,
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
    text: ({ readIndex, reads, reason }) =>
      `confirms ${counted(reads, 'read', 'reads')} at index ${readIndex}${because(reason)}`,
  },
};
