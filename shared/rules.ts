/**
 * The rules of Raft that can be switched off, each with the paper's section, what it makes a server do, what the server
 * does instead while it is off, and the promise that it protects. Events name the rule that decided.
 */

export interface Rule {
  readonly id: string;
  /** Section of the extended paper (`5.4.1`) or of the dissertation (`D6.4`). */
  readonly section: string;
  /** What a server does, in one sentence. */
  readonly sentence: string;
  /** What it does while the rule is off, in one sentence. */
  readonly off: string;
  /** What would break without it. */
  readonly promise: string;
  /** `safety`: without it the cluster may give wrong answers. `liveness`: it may stop giving any. */
  readonly kind: 'safety' | 'liveness';
}

export const rules = {
  'persist-before-reply': {
    section: '5.1',
    kind: 'safety',
    sentence: 'Term, vote and entries are on disk before a reply that depends on them leaves.',
    off: 'Votes and acknowledgements leave before the disk has what they promise.',
    promise: 'What was acknowledged survives a power cut.',
  },
  'one-vote-per-term': {
    section: '5.2',
    kind: 'safety',
    sentence: 'A server votes for at most one candidate in a term.',
    off: 'A server votes for every candidate of a term whose log is up-to-date.',
    promise: 'At most one leader in a term (election safety).',
  },
  'distinct-voters': {
    section: '5.2',
    kind: 'safety',
    sentence: 'A candidate counts each voter once, however often its answer arrives.',
    off: 'A candidate counts every vote that arrives, also copies.',
    promise: 'At most one leader in a term (election safety).',
  },
  'up-to-date-vote': {
    section: '5.4.1',
    kind: 'safety',
    sentence: 'A voter refuses a candidate whose log is less up-to-date than its own.',
    off: 'Votes and pre-votes do not look at the logs.',
    promise: 'A leader holds every committed entry (leader completeness).',
  },
  'step-down-on-higher-term': {
    section: '5.1',
    kind: 'safety',
    sentence: 'A server that sees a higher term adopts it and becomes a follower.',
    off: 'It adopts the term and keeps its role.',
    promise: 'At most one leader in a term; a deposed leader gives up its office.',
  },
  'pre-vote': {
    section: 'D9.6',
    kind: 'liveness',
    sentence: 'Before it raises its term, a server asks whether a majority would vote for it.',
    off: 'It raises its term each time that its election timer fires.',
    promise: 'A server that was cut off returns without deposing a healthy leader.',
  },
  'leader-stickiness': {
    section: 'D4.2.3',
    kind: 'liveness',
    sentence: 'A server that has just heard from a leader neither votes nor adopts the term of a candidate.',
    off: 'It votes whether or not it hears a leader.',
    promise: 'Nobody deposes a leader that a majority still hears; a lease holds.',
  },
  'check-quorum': {
    section: 'D6.2',
    kind: 'liveness',
    sentence: 'A leader that has not heard from a majority for an election timeout steps down.',
    off: 'It stays in office until it hears of a higher term.',
    promise: 'A leader that was cut off gives up its office, and its clients learn of it.',
  },
  'step-down-on-stuck-disk': {
    section: 'D10.2.1',
    kind: 'liveness',
    sentence:
      'A leader whose disk does not answer for two election timeouts steps down, and does not run until it answers.',
    off: 'It leads on with the disks of the others.',
    promise: 'A leader keeps what it is told; one that can not makes room for one that can.',
  },
  'stale-term': {
    section: '5.1',
    kind: 'safety',
    sentence: 'A message of an older term is refused.',
    off: 'It is treated as if it were of the present term.',
    promise: 'A deposed leader changes nothing.',
  },
  'previous-entry-check': {
    section: '5.3',
    kind: 'safety',
    sentence: 'A follower takes entries only behind an entry that it holds with the same index and term.',
    off: 'It takes them behind any entry of that index.',
    promise: 'Logs that agree at an index and term agree in everything before (log matching).',
  },
  'truncate-only-on-conflict': {
    section: '5.3',
    kind: 'safety',
    sentence: 'A follower removes entries only from the first one that conflicts with the leader.',
    off: 'With entries that arrive it replaces everything behind the previous one, also what is the same.',
    promise: 'A late or repeated message removes nothing that was acknowledged.',
  },
  'own-term-commit': {
    section: '5.4.2',
    kind: 'safety',
    sentence: 'A leader commits by counting copies only for entries of its own term.',
    off: 'It commits whatever a majority has.',
    promise: 'A committed entry is never replaced (Figure 8).',
  },
  'durable-quorum-commit': {
    section: 'D10.2.1',
    kind: 'safety',
    sentence: 'An entry commits when a majority has it on disk; the leader counts itself only then, too.',
    off: 'The leader counts its own copy before its disk has it.',
    promise: 'A committed entry survives the loss of any minority.',
  },
  'leader-noop': {
    section: '8',
    kind: 'liveness',
    sentence: 'A new leader appends an empty entry of its own term.',
    off: 'It waits for a client to bring one.',
    promise: 'Entries of earlier terms commit without waiting for a client.',
  },
  'read-index-confirms': {
    section: 'D6.4',
    kind: 'safety',
    sentence: 'A leader answers a linearizable read only after a majority confirmed that it still leads.',
    off: 'It answers at once.',
    promise: 'A read sees every append that was answered before it began.',
  },
  'read-waits-for-own-term-commit': {
    section: 'D6.4',
    kind: 'safety',
    sentence: 'A new leader answers linearizable reads only after it has committed an entry of its own term.',
    off: 'It answers from the commit index that it inherited.',
    promise: 'A new leader knows the latest committed entry before it answers.',
  },
  'lease-shorter-than-timeout': {
    section: 'D6.4.1',
    kind: 'safety',
    sentence:
      'A lease ends before a server that stopped hearing the leader could vote for another, however clocks drift within their bound.',
    off: 'A lease lasts four times the longest election timeout.',
    promise: 'A lease read sees every append that was answered before it began.',
  },
  'joint-majorities': {
    section: '6',
    kind: 'safety',
    sentence:
      'While a configuration is joint, elections and commits need a majority of the old and one of the new servers.',
    off: 'The new servers alone decide.',
    promise: 'The two sides of a change never decide apart.',
  },
  'rollback-config-on-truncate': {
    section: '6',
    kind: 'safety',
    sentence: 'When a configuration entry is removed from the log, the configuration before it is in force again.',
    off: 'The removed configuration stays in force.',
    promise: 'The configuration in force is the last one in snapshot and log.',
  },
  'config-after-own-term-commit': {
    section: 'D4.1',
    kind: 'safety',
    sentence: 'A leader begins a change of membership only after it has committed an entry of its own term.',
    off: 'It begins at once.',
    promise: 'Two leaders never change the same configuration into two that decide apart.',
  },
  'no-amnesia': {
    section: 'D3.8',
    kind: 'safety',
    sentence: 'Votes and acknowledgements count only from the folder that a server was added with.',
    off: 'A server that lost its folder counts as before.',
    promise: 'A server that forgot its vote or its log decides nothing.',
  },
  'client-dedupe': {
    section: 'D6.3',
    kind: 'safety',
    sentence: 'A request that its client session has sent before takes no effect again and gets the first answer.',
    off: 'Every copy takes effect.',
    promise: 'An append that is repeated appends once.',
  },
} as const satisfies Record<string, Omit<Rule, 'id'>>;

export type RuleId = keyof typeof rules;

export const ruleIds = Object.keys(rules) as readonly RuleId[];

export function isRuleId(value: unknown): value is RuleId {
  return typeof value === 'string' && Object.hasOwn(rules, value);
}
