/** Which directed links are cut. A cut is a fault rule at the receiving node, and outlives the node's restarts. */
import { cutRuleId, type FaultRule, type Link } from '../../shared/fault-rule.ts';
import type { NodeId } from '../../shared/ids.ts';

export class LinkCuts {
  readonly #cuts = new Map<string, Link>();

  /** @returns false when the link was cut already. */
  cut(link: Link): boolean {
    const id = cutRuleId(link);
    if (this.#cuts.has(id)) return false;
    this.#cuts.set(id, { from: link.from, to: link.to });
    return true;
  }

  /** @returns false when the link was not cut. */
  heal(link: Link): boolean {
    return this.#cuts.delete(cutRuleId(link));
  }

  list(): Link[] {
    return [...this.#cuts.values()];
  }

  /** The rules in force on node `to`. */
  rulesOf(to: NodeId): FaultRule[] {
    return this.list()
      .filter((link) => link.to === to)
      .map((link) => ({ id: cutRuleId(link), link, action: { kind: 'cut' } }));
  }
}
