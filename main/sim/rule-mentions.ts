/**
 * How often each rule decided something: where an event names it, and, for rules that no event names while they are on,
 * where what happened shows them at work.
 */
import type { LabEvent } from '../../shared/event.ts';
import type { NodeId } from '../../shared/ids.ts';
import type { RuleId } from '../../shared/rules.ts';

export class RuleMentions {
  readonly #counts = new Map<RuleId, number>();
  /** Of leaders: the index of their first own entry; null until it is there. */
  readonly #firstOwn = new Map<NodeId, number | null>();

  countOf(rule: RuleId): number {
    return this.#counts.get(rule) ?? 0;
  }

  /** @param isJoint whether the server goes by a joint configuration */
  observe(event: LabEvent, isJoint: boolean): void {
    const { rule } = event as { readonly rule?: RuleId };
    if (rule !== undefined) this.#mention(rule);
    switch (event.type) {
      case 'pre-vote-started':
        return this.#mention('pre-vote');
      case 'entries-persisted':
        return this.#mention('persist-before-reply');
      case 'role-changed':
        if (event.to === 'leader') this.#firstOwn.set(event.node, null);
        else this.#firstOwn.delete(event.node);
        return undefined;
      case 'entries-appended':
        return this.#onAppended(event.node, event.firstIndex);
      case 'commit-advanced':
        return this.#onCommit(event.node, event.from, event.to, isJoint);
      default:
        return undefined;
    }
  }

  #mention(rule: RuleId): void {
    this.#counts.set(rule, (this.#counts.get(rule) ?? 0) + 1);
  }

  /** The first entry of a new leader. */
  #onAppended(node: NodeId, firstIndex: number): void {
    if (this.#firstOwn.get(node) !== null) return;
    this.#firstOwn.set(node, firstIndex);
    this.#mention('leader-noop');
  }

  #onCommit(node: NodeId, from: number, to: number, isJoint: boolean): void {
    const firstOwn = this.#firstOwn.get(node);
    if (firstOwn === undefined || firstOwn === null) return;
    // What earlier leaders left has waited for it (Raft §5.4.2).
    if (from < firstOwn - 1 && to >= firstOwn) this.#mention('own-term-commit');
    if (isJoint) this.#mention('joint-majorities');
  }
}
