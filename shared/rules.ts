/**
 * The rules of Raft, each with the paper's section and the promise that it protects. Events name the rule that decided.
 */

export interface Rule {
  readonly id: string;
  /** Section of the extended paper (`5.4.1`) or of the dissertation (`D6.4`). */
  readonly section: string;
  /** What a server does, in one sentence. */
  readonly sentence: string;
  /** What would break without it. */
  readonly promise: string;
}

export const rules = {
  'persist-before-reply': {
    section: '5.1',
    sentence: 'Term, vote and entries are on disk before a reply that depends on them leaves.',
    promise: 'What was acknowledged survives a power cut.',
  },
  'one-vote-per-term': {
    section: '5.2',
    sentence: 'A server votes for at most one candidate in a term.',
    promise: 'At most one leader in a term (election safety).',
  },
  'distinct-voters': {
    section: '5.2',
    sentence: 'A candidate counts each voter once, however often its answer arrives.',
    promise: 'At most one leader in a term (election safety).',
  },
  'up-to-date-vote': {
    section: '5.4.1',
    sentence: 'A voter refuses a candidate whose log is less up-to-date than its own.',
    promise: 'A leader holds every committed entry (leader completeness).',
  },
  'step-down-on-higher-term': {
    section: '5.1',
    sentence: 'A server that sees a higher term adopts it and becomes a follower.',
    promise: 'A deposed leader gives up its office.',
  },
  'pre-vote': {
    section: 'D9.6',
    sentence: 'Before it raises its term, a server asks whether a majority would vote for it.',
    promise: 'A server that was cut off returns without deposing a healthy leader.',
  },
  'leader-stickiness': {
    section: 'D4.2.3',
    sentence: 'A server that has just heard from a leader neither votes nor adopts the term of a candidate.',
    promise: 'Nobody deposes a leader that a majority still hears.',
  },
  'check-quorum': {
    section: 'D6.2',
    sentence: 'A leader that has not heard from a majority for an election timeout steps down.',
    promise: 'A leader that was cut off gives up its office, and its clients learn of it.',
  },
  'stale-term': {
    section: '5.1',
    sentence: 'A message of an older term is refused.',
    promise: 'A deposed leader changes nothing.',
  },
  'previous-entry-check': {
    section: '5.3',
    sentence: 'A follower takes entries only behind an entry that it holds with the same index and term.',
    promise: 'Logs that agree at an index and term agree in everything before (log matching).',
  },
  'truncate-only-on-conflict': {
    section: '5.3',
    sentence: 'A follower removes entries only from the first one that conflicts with the leader.',
    promise: 'A late or repeated message removes nothing that was acknowledged.',
  },
  'own-term-commit': {
    section: '5.4.2',
    sentence: 'A leader commits by counting copies only for entries of its own term.',
    promise: 'A committed entry is never replaced (Figure 8).',
  },
  'durable-quorum-commit': {
    section: 'D10.2.1',
    sentence: 'An entry commits when a majority has it on disk; the leader counts itself only then, too.',
    promise: 'A committed entry survives the loss of any minority.',
  },
  'leader-noop': {
    section: '8',
    sentence: 'A new leader appends an empty entry of its own term.',
    promise: 'Entries of earlier terms commit without waiting for a client.',
  },
  'read-index-confirms': {
    section: 'D6.4',
    sentence: 'A leader answers a linearizable read only after a majority confirmed that it still leads.',
    promise: 'A read sees every append that was answered before it began.',
  },
  'read-waits-for-own-term-commit': {
    section: 'D6.4',
    sentence: 'A new leader answers linearizable reads only after it has committed an entry of its own term.',
    promise: 'A new leader knows the latest committed entry before it answers.',
  },
} as const satisfies Record<string, Omit<Rule, 'id'>>;

export type RuleId = keyof typeof rules;
