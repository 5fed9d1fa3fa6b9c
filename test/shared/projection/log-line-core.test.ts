import { describe } from 'vitest';
import type { CoreEvent, MembershipEvent, RuleEvent, SnapshotEvent, TransferEvent } from '../../../shared/event.ts';
import { itReads, type LineSamples } from '../../support/log-lines.ts';

type ElsewhereTested = MembershipEvent | TransferEvent | SnapshotEvent | RuleEvent;

const samples: LineSamples<Exclude<CoreEvent, ElsewhereTested>> = {
  'role-changed': [
    [
      { type: 'role-changed', from: 'follower', to: 'candidate', term: 3, reason: 'no heartbeat for 231 ms' },
      'info raft FOLLOWER → CANDIDATE in term 3: no heartbeat for 231 ms',
    ],
    [
      {
        type: 'role-changed',
        from: 'leader',
        to: 'follower',
        term: 4,
        reason: 'node 2 has term 4',
        rule: 'step-down-on-higher-term',
      },
      'info raft LEADER → FOLLOWER in term 4: node 2 has term 4 [§5.1 step-down-on-higher-term]',
    ],
  ],
  'term-changed': [
    [{ type: 'term-changed', from: 2, to: 3, reason: 'a new election' }, 'info raft TERM 2 → 3: a new election'],
  ],
  'leader-known': [[{ type: 'leader-known', leaderId: 2, term: 3 }, 'info raft the leader of term 3 is 2']],
  'election-started': [
    [
      { type: 'election-started', term: 3, votersNeeded: 2, reason: 'no heartbeat for 231 ms' },
      'info raft ELECTION for term 3, 2 votes needed: no heartbeat for 231 ms',
    ],
  ],
  'vote-granted': [
    [
      { type: 'vote-granted', candidateId: 2, term: 3, reason: 'its log is as up-to-date as mine' },
      'info raft vote granted to 2 in term 3: its log is as up-to-date as mine',
    ],
  ],
  'vote-refused': [
    [
      {
        type: 'vote-refused',
        candidateId: 2,
        term: 4,
        reason: "candidate's log ends at (2,7), mine at (3,5)",
        rule: 'up-to-date-vote',
      },
      "warn raft vote refused to 2 in term 4: candidate's log ends at (2,7), mine at (3,5) [§5.4.1 up-to-date-vote]",
    ],
  ],
  'pre-vote-started': [
    [
      {
        type: 'pre-vote-started',
        term: 3,
        votersNeeded: 2,
        reason: 'no leader was heard for 231 ms',
        rule: 'pre-vote',
      },
      'info raft PRE-VOTE for term 3, 2 votes needed: no leader was heard for 231 ms [D§9.6 pre-vote]',
    ],
  ],
  'pre-vote-answered': [
    [
      { type: 'pre-vote-answered', candidateId: 2, term: 3, granted: true, reason: 'I hear no leader' },
      'info raft would vote for 2 in term 3: I hear no leader',
    ],
    [
      {
        type: 'pre-vote-answered',
        candidateId: 2,
        term: 3,
        granted: false,
        reason: 'I lead term 2',
        rule: 'leader-stickiness',
      },
      'warn raft would not vote for 2 in term 3: I lead term 2 [D§4.2.3 leader-stickiness]',
    ],
  ],
  'pre-vote-counted': [
    [
      { type: 'pre-vote-counted', from: 1, granted: true, term: 3, votes: [0, 1], votersNeeded: 2 },
      'info raft 1 would vote for me in term 3: 2 of the 2 needed would (0, 1)',
    ],
    [
      { type: 'pre-vote-counted', from: 1, granted: false, term: 3, votes: [0], votersNeeded: 2 },
      'info raft 1 would not vote for me in term 3: 1 of the 2 needed would (0)',
    ],
  ],
  'vote-counted': [
    [
      { type: 'vote-counted', from: 1, granted: true, term: 3, votes: [0, 1], votersNeeded: 2 },
      'info raft vote of 1 counts in term 3: has 2 of the 2 needed (0, 1)',
    ],
    [
      { type: 'vote-counted', from: 1, granted: false, term: 3, votes: [0], votersNeeded: 2 },
      'info raft 1 refused its vote in term 3: has 1 of the 2 needed (0)',
    ],
  ],
  'entries-appended': [
    [
      { type: 'entries-appended', firstIndex: 5, lastIndex: 7, term: 3, reason: 'a client asked' },
      'debug raft appends 5–7 of term 3: a client asked',
    ],
    [{ type: 'entries-appended', firstIndex: 5, lastIndex: 5, term: 3, reason: '' }, 'debug raft appends 5 of term 3'],
  ],
  'entries-truncated': [
    [
      {
        type: 'entries-truncated',
        fromIndex: 5,
        lastIndex: 7,
        reason: 'the leader has another term at 5',
        rule: 'truncate-only-on-conflict',
      },
      'warn raft REMOVES 5–7: the leader has another term at 5 [§5.3 truncate-only-on-conflict]',
    ],
  ],
  'append-refused': [
    [
      {
        type: 'append-refused',
        leaderId: 0,
        term: 3,
        prevLogIndex: 9,
        prevLogTerm: 2,
        reason: 'my log ends at 5',
        rule: 'previous-entry-check',
      },
      'warn raft append refused to 0 in term 3, behind index 9 of term 2: my log ends at 5 [§5.3 previous-entry-check]',
    ],
  ],
  'follower-progress': [
    [
      {
        type: 'follower-progress',
        follower: 1,
        mode: 'replicate',
        matchIndex: 5,
        nextIndex: 6,
        reason: 'it accepted 5',
      },
      'debug raft follower 1 (replicate) has match 5, next 6: it accepted 5',
    ],
  ],
  'commit-held': [
    [
      { type: 'commit-held', index: 5, term: 3, reason: 'it is of term 2', rule: 'own-term-commit' },
      'info raft does not commit 5 yet: it is of term 2 [§5.4.2 own-term-commit]',
    ],
  ],
  'commit-advanced': [
    [
      { type: 'commit-advanced', from: 4, to: 5, term: 3, reason: '2 of 3 have it' },
      'info raft COMMITS 4 → 5 (2 of 3 have it)',
    ],
    [
      { type: 'commit-advanced', from: 4, to: 5, term: 3, reason: '2 of 3 have it', rule: 'durable-quorum-commit' },
      'info raft COMMITS 4 → 5 (2 of 3 have it) [D§10.2.1 durable-quorum-commit]',
    ],
  ],
  'message-ignored': [
    [
      {
        type: 'message-ignored',
        from: 2,
        kind: 'append-entries',
        term: 1,
        reason: 'term is 3 here',
        rule: 'stale-term',
      },
      'debug raft ignores AppendEntries of 2 in term 1: term is 3 here [§5.1 stale-term]',
    ],
  ],
  'read-confirmed': [
    [
      { type: 'read-confirmed', by: 'linearizable', readIndex: 5, reads: 1, reason: '2 of 3 answered round 9' },
      'debug raft confirms 1 read at index 5: 2 of 3 answered round 9',
    ],
    [
      {
        type: 'read-confirmed',
        by: 'lease',
        readIndex: 5,
        reads: 2,
        reason: 'it lasts 80 ms more',
        rule: 'lease-shorter-than-timeout',
      },
      'debug raft confirms 2 reads at index 5 by its lease: it lasts 80 ms more [D§6.4.1 lease-shorter-than-timeout]',
    ],
  ],
  'lease-not-held': [
    [
      { type: 'lease-not-held', reads: 1, reason: 'it ran out', rule: 'lease-shorter-than-timeout' },
      'debug raft has no lease for 1 read and asks a majority: it ran out [D§6.4.1 lease-shorter-than-timeout]',
    ],
  ],
  'request-held': [
    [
      { type: 'request-held', what: 'read', count: 2, reason: 'no leader is known' },
      'debug raft holds 2 reads: no leader is known',
    ],
    [
      { type: 'request-held', what: 'append', count: 1, reason: 'the office is handed over' },
      'debug raft holds 1 append: the office is handed over',
    ],
    [
      {
        type: 'request-held',
        what: 'membership-change',
        count: 1,
        reason: 'nothing of term 3 is committed',
        rule: 'config-after-own-term-commit',
      },
      'info raft holds 1 change of membership: nothing of term 3 is committed [D§4.1 config-after-own-term-commit]',
    ],
    [
      { type: 'request-held', what: 'transfer', count: 1, reason: 'node 2 catches up' },
      'info raft holds 1 transfer: node 2 catches up',
    ],
  ],
  'election-withheld': [
    [
      {
        type: 'election-withheld',
        term: 4,
        reason: 'my disk has not answered for 600 ms',
        rule: 'step-down-on-stuck-disk',
      },
      'warn raft DOES NOT RUN for term 4: my disk has not answered for 600 ms [D§10.2.1 step-down-on-stuck-disk]',
    ],
    [
      { type: 'election-withheld', term: 4, reason: 'I am a learner, and have no vote', again: true },
      'debug raft still does not run for term 4: I am a learner, and have no vote',
    ],
  ],
};

describe('lines of the consensus core', () => {
  itReads(samples);
});
