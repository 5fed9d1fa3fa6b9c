/**
 * Counts how often each hard corner was reached: a seed that finds nothing is worth as much as what it went through.
 */
import type { LabEvent } from '../../shared/event.ts';
import type { NodeId } from '../../shared/ids.ts';
import { ruleIds, type RuleId } from '../../shared/rules.ts';
import { RuleMentions } from './rule-mentions.ts';

/** Corners that an event tells by itself, and those that take two events to tell. */
export const cornerNames = [
  'uncommitted-truncation',
  'split-vote',
  'pre-vote-refused',
  'vote-refused',
  'check-quorum-step-down',
  'stuck-disk-step-down',
  'snapshot-saved',
  'snapshot-installed',
  'snapshot-interrupted',
  'snapshot-resumed',
  'log-compacted',
  'joint-phase',
  'joint-phase-with-crash',
  'configuration-rolled-back',
  'learner-caught-up',
  'membership-change-done',
  'membership-change-given-up',
  'leader-removed-itself',
  'wiped-server-withheld',
  'lease-served',
  'lease-refused',
  'read-round',
  'transfer-done',
  'transfer-timed-out',
  'session-repeat',
  'session-expired',
  'conditional-append-refused',
  'outcome-unknown',
  'torn-tail',
  'disk-failed',
  'datagram-duplicated',
  'datagram-corrupted',
] as const;

export type Corner = (typeof cornerNames)[number];

/** Names of `corners` in a result: those of above, and `rule <id>` for each rule; see `RuleMentions`. */
export type CornerCounts = Record<string, number>;

export function noCorners(): CornerCounts {
  const counts: CornerCounts = {};
  for (const name of cornerNames) counts[name] = 0;
  for (const rule of ruleIds) counts[`rule ${rule}`] = 0;
  return counts;
}

export class CornerCounter {
  readonly #corners = noCorners();
  readonly #rules = new RuleMentions();
  /** Whether any server is in a joint configuration, as far as it has told. */
  readonly #joint = new Set<NodeId>();
  /** The chunk that a server took last. */
  readonly #chunks = new Map<NodeId, { readonly from: NodeId; readonly lastIncludedIndex: number }>();
  /** Elections that were begun in each term. */
  readonly #candidates = new Map<number, number>();

  observe(event: LabEvent): void {
    // Most of the stream by far; nothing in it is a corner.
    if (event.type === 'datagram-sent' || event.type === 'datagram-received') return;
    this.#rules.observe(event);
    this.#observe(event);
  }

  get counts(): CornerCounts {
    const counts: CornerCounts = { ...this.#corners };
    for (const rule of ruleIds) counts[`rule ${rule}`] = this.#rules.countOf(rule);
    return counts;
  }

  #reach(corner: Corner): void {
    this.#corners[corner] = (this.#corners[corner] ?? 0) + 1;
  }

  #observe(event: LabEvent): void {
    switch (event.type) {
      case 'entries-truncated':
        return this.#reach('uncommitted-truncation');
      case 'election-started':
        return this.#onElection(event.term);
      case 'pre-vote-answered':
        return event.granted ? undefined : this.#reach('pre-vote-refused');
      case 'vote-refused':
        return this.#reach('vote-refused');
      case 'role-changed':
        return this.#onRole(event);
      case 'snapshot-saved':
        return this.#reach('snapshot-saved');
      case 'snapshot-installed':
        return this.#reach('snapshot-installed');
      case 'snapshot-interrupted':
        return this.#reach('snapshot-interrupted');
      case 'snapshot-chunk-taken':
        return this.#onChunk(event.node, event.from, event.lastIncludedIndex, event.offset);
      case 'log-compacted':
        return this.#reach('log-compacted');
      case 'configuration-changed':
        return this.#onConfiguration(event.node, event.configuration.outgoing.length > 0);
      case 'configuration-rolled-back':
        this.#onConfiguration(event.node, event.configuration.outgoing.length > 0);
        return this.#reach('configuration-rolled-back');
      case 'membership-step':
        return this.#onStep(event.step);
      case 'node-ended':
        if (this.#joint.size > 0 && event.cause === 'crashed') this.#reach('joint-phase-with-crash');
        this.#joint.delete(event.target);
        this.#chunks.delete(event.target);
        return undefined;
      case 'read-confirmed':
        return this.#reach(event.by === 'lease' ? 'lease-served' : 'read-round');
      case 'lease-not-held':
        return this.#reach('lease-refused');
      case 'transfer-ended':
        return this.#reach(event.done ? 'transfer-done' : 'transfer-timed-out');
      case 'request-repeated':
        return this.#reach('session-repeat');
      case 'session-expired':
        return this.#reach('session-expired');
      case 'request-answered':
        return this.#onAnswer(event.outcome);
      case 'log-repaired':
        return this.#reach('torn-tail');
      case 'disk-failed':
        return this.#reach('disk-failed');
      case 'datagram-faulted':
        if (event.act === 'duplicated') this.#reach('datagram-duplicated');
        if (event.act === 'corrupted') this.#reach('datagram-corrupted');
        return undefined;
      case 'election-withheld':
        return event.rule === 'no-amnesia' ? this.#reach('wiped-server-withheld') : undefined;
      default:
        return undefined;
    }
  }

  #onElection(term: number): void {
    const before = this.#candidates.get(term) ?? 0;
    this.#candidates.set(term, before + 1);
    if (before === 1) this.#reach('split-vote');
  }

  #onRole({ from, rule, reason }: { readonly from: string; readonly rule?: RuleId; readonly reason: string }): void {
    if (from !== 'leader') return;
    if (rule === 'check-quorum') this.#reach('check-quorum-step-down');
    if (rule === 'step-down-on-stuck-disk') this.#reach('stuck-disk-step-down');
    if (reason.startsWith('I have no vote')) this.#reach('leader-removed-itself');
  }

  #onChunk(node: NodeId, from: NodeId, lastIncludedIndex: number, offset: number): void {
    const before = this.#chunks.get(node);
    const isSame = before?.lastIncludedIndex === lastIncludedIndex && before.from !== from;
    if (isSame && offset > 0) this.#reach('snapshot-resumed');
    this.#chunks.set(node, { from, lastIncludedIndex });
  }

  #onConfiguration(node: NodeId, isJoint: boolean): void {
    if (isJoint) this.#joint.add(node);
    else this.#joint.delete(node);
  }

  #onStep(step: string): void {
    if (step === 'joint') this.#reach('joint-phase');
    if (step === 'done') this.#reach('membership-change-done');
    if (step === 'given-up') this.#reach('membership-change-given-up');
    if (step === 'catch-up') this.#reach('learner-caught-up');
  }

  #onAnswer(outcome: { readonly kind: string; readonly code?: string; readonly outcomeKnown?: boolean }): void {
    if (outcome.code === 'conflict') this.#reach('conditional-append-refused');
    if (outcome.outcomeKnown === false) this.#reach('outcome-unknown');
  }
}
