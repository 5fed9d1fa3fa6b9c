/**
 * How often each rule decided something: where an event names it. Only `persist-before-reply` is at work in each write, and
 * no event is spent on that.
 */
import type { LabEvent } from '../../shared/event.ts';
import type { RuleId } from '../../shared/rules.ts';

export class RuleMentions {
  readonly #counts = new Map<RuleId, number>();

  countOf(rule: RuleId): number {
    return this.#counts.get(rule) ?? 0;
  }

  observe(event: LabEvent): void {
    const { rule } = event as { readonly rule?: RuleId };
    if (rule !== undefined) this.#mention(rule);
    if (event.type === 'entries-persisted') this.#mention('persist-before-reply');
  }

  #mention(rule: RuleId): void {
    this.#counts.set(rule, (this.#counts.get(rule) ?? 0) + 1);
  }
}
