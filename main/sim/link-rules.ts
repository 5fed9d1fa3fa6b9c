/**
 * The fault rules of the network that are in force: they come in groups, each of one act, and go with it.
 */
import { describeFaultRule, type FaultAction, type FaultRule } from '../../shared/fault-rule.ts';
import type { NodeId } from '../../shared/ids.ts';
import type { NetworkFaults } from '../faults/network-faults.ts';
import type { Stamper } from './stamper.ts';

/** A rule that has no name yet. */
export type RuleBody = Omit<FaultRule, 'id'>;

export class LinkRules {
  readonly #network: NetworkFaults;
  readonly #lab: Stamper;
  readonly #ids: readonly NodeId[];
  #rules: FaultRule[] = [];
  #groups = 0;

  constructor(network: NetworkFaults, lab: Stamper, ids: readonly NodeId[]) {
    this.#network = network;
    this.#lab = lab;
    this.#ids = ids;
  }

  /** @returns takes them away again */
  add(kind: string, bodies: readonly RuleBody[]): () => void {
    this.#groups += 1;
    const group = this.#groups;
    const added = bodies.map((body, position) => ({ ...body, id: `${kind} ${group}.${position}` }));
    this.#rules = [...this.#rules, ...added];
    for (const rule of added)
      this.#lab.emit({ type: 'fault-set', faultRule: rule.id, fault: rule, description: describeFaultRule(rule) });
    this.#network.setRules(this.#rules);
    return () => {
      this.#rules = this.#rules.filter((rule) => !added.includes(rule));
      for (const { id } of added) this.#lab.emit({ type: 'fault-cleared', faultRule: id });
      this.#network.setRules(this.#rules);
    };
  }

  clear(): void {
    for (const { id } of this.#rules) this.#lab.emit({ type: 'fault-cleared', faultRule: id });
    this.#rules = [];
    this.#network.setRules([]);
  }

  /** On every link. */
  everywhere(action: FaultAction): RuleBody[] {
    return this.#ids.flatMap((from) =>
      this.#ids.flatMap((to) => (from === to ? [] : [{ link: { from, to }, action }])),
    );
  }

  /** Between groups; those in none are in one more. */
  cutsBetween(groups: readonly (readonly NodeId[])[]): RuleBody[] {
    const groupOf = (id: NodeId): number => groups.findIndex((group) => group.includes(id));
    return this.everywhere({ kind: 'cut' }).filter(({ link }) => groupOf(link.from) !== groupOf(link.to));
  }

  cutsFrom(id: NodeId): RuleBody[] {
    return this.everywhere({ kind: 'cut' }).filter(({ link }) => link.from === id);
  }
}
