/**
 * What Raft promises, as far as a stream of events can show it. Each has the sentence that a person reads, and the
 * rules that guard it: the first is named where no event says which one was passed over.
 */
import type { RuleId } from './rules.ts';

export interface RaftPromise {
  /** Raft Figure 3, section of the paper or of the dissertation (`D6.3`). */
  readonly section: string;
  readonly sentence: string;
  readonly guards: readonly RuleId[];
}

export const promises = {
  'election-safety': {
    section: '5.2',
    sentence: 'At most one leader in a term.',
    guards: [
      'one-vote-per-term',
      'distinct-voters',
      'step-down-on-higher-term',
      'stale-term',
      'joint-majorities',
      'no-amnesia',
      'persist-before-reply',
      'config-after-own-term-commit',
      'rollback-config-on-truncate',
    ],
  },
  'leader-append-only': {
    section: '5.3',
    sentence: 'A leader never removes an entry of its log.',
    guards: ['step-down-on-higher-term', 'stale-term'],
  },
  'log-matching': {
    section: '5.3',
    sentence: 'Logs that hold an entry of the same index and term are the same up to it.',
    guards: ['previous-entry-check', 'stale-term', 'truncate-only-on-conflict'],
  },
  'leader-completeness': {
    section: '5.4',
    sentence: 'A leader holds every entry that was committed in an earlier term.',
    guards: [
      'up-to-date-vote',
      'own-term-commit',
      'durable-quorum-commit',
      'persist-before-reply',
      'joint-majorities',
      'config-after-own-term-commit',
      'rollback-config-on-truncate',
      'no-amnesia',
      'truncate-only-on-conflict',
      'one-vote-per-term',
      'distinct-voters',
    ],
  },
  'state-machine-safety': {
    section: '5.4.3',
    sentence: 'Every server applies the same entries in the same order.',
    guards: ['own-term-commit', 'up-to-date-vote', 'previous-entry-check', 'durable-quorum-commit', 'client-dedupe'],
  },
  'committed-entries': {
    section: '5.4.2',
    sentence: 'A committed entry is never replaced or removed.',
    guards: [
      'own-term-commit',
      'truncate-only-on-conflict',
      'stale-term',
      'up-to-date-vote',
      'durable-quorum-commit',
      'config-after-own-term-commit',
      'joint-majorities',
    ],
  },
  'durable-quorum': {
    section: 'D10.2.1',
    sentence: 'A leader commits an entry when a majority of each deciding group has it on disk.',
    guards: ['durable-quorum-commit', 'persist-before-reply', 'joint-majorities', 'no-amnesia', 'stale-term'],
  },
  'single-vote': {
    section: '5.2',
    sentence: 'A server gives at most one vote in a term, also across restarts on the same folder.',
    guards: ['one-vote-per-term', 'persist-before-reply'],
  },
  monotonic: {
    section: '5.1',
    sentence: 'Term, commit index and applied index of a server never fall.',
    guards: ['persist-before-reply', 'stale-term'],
  },
  durability: {
    section: '5.1',
    sentence: 'What was on disk is there after a restart.',
    guards: ['persist-before-reply'],
  },
  'one-configuration': {
    section: '6',
    sentence:
      'The configuration in force is the last one in snapshot and log, and no change begins before the former one is committed.',
    guards: ['rollback-config-on-truncate', 'config-after-own-term-commit', 'joint-majorities'],
  },
  'acknowledged-kept': {
    section: '5.3',
    sentence: 'An append that was answered is committed and stays.',
    guards: [
      'persist-before-reply',
      'durable-quorum-commit',
      'own-term-commit',
      'up-to-date-vote',
      'truncate-only-on-conflict',
      'no-amnesia',
      'joint-majorities',
    ],
  },
  linearizability: {
    section: 'D6.4',
    sentence:
      'Appends and linearizable reads look as if each happened at one moment between its request and its answer.',
    guards: [
      'read-index-confirms',
      'read-waits-for-own-term-commit',
      'own-term-commit',
      'stale-term',
      'step-down-on-higher-term',
      'persist-before-reply',
      'client-dedupe',
    ],
  },
  'lease-reads': {
    section: 'D6.4.1',
    sentence: 'A lease read sees every append that was answered before it began, while clocks keep within their bound.',
    guards: [
      'lease-shorter-than-timeout',
      'leader-stickiness',
      'read-index-confirms',
      'read-waits-for-own-term-commit',
      'stale-term',
      'step-down-on-higher-term',
    ],
  },
  'local-reads': {
    section: 'D6.4',
    sentence: 'A local read answers a beginning of the one order of all appends.',
    guards: ['previous-entry-check', 'own-term-commit'],
  },
  'exactly-once': {
    section: 'D6.3',
    sentence: 'A request takes effect at most once, however often its session sends it.',
    guards: ['client-dedupe'],
  },
  /** What a server says of itself while rules are off (event `promise-broken`). */
  'own-word': {
    section: '5.4',
    sentence: 'No server reports that a promise does not hold on it.',
    guards: [],
  },
} as const satisfies Record<string, RaftPromise>;

export type PromiseId = keyof typeof promises;

export const promiseIds = Object.keys(promises) as readonly PromiseId[];

/** Those that the clients' history decides (`checkHistory`); a `SafetyMonitor` decides the others. */
export const historyPromises: readonly PromiseId[] = ['linearizability', 'lease-reads', 'local-reads', 'exactly-once'];
