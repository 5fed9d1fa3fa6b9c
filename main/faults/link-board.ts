/**
 * What is done to the links of a cluster: which are cut, and which other fault rules are in force. A rule acts at the receiving
 * node and outlives its restarts. What changes nothing is not told.
 */
import { limits } from '../../shared/cluster-config.ts';
import type { BenchEvent } from '../../shared/event.ts';
import { cutRuleId, describeFaultRule, type FaultRule, type Link } from '../../shared/fault-rule.ts';
import type { NodeId } from '../../shared/ids.ts';
import { fail, succeed, type Result } from '../../shared/result.ts';

export interface LinkBoardOptions {
  readonly tell: (event: BenchEvent) => void;
  /** These are all the rules of links that lead to this node from now on. */
  readonly send: (to: NodeId, rules: readonly FaultRule[]) => void;
}

export class LinkBoard {
  readonly #options: LinkBoardOptions;
  /** By `cutRuleId`. */
  readonly #cuts = new Map<string, Link>();
  readonly #rules = new Map<string, FaultRule>();

  constructor(options: LinkBoardOptions) {
    this.#options = options;
  }

  cut(link: Link): void {
    if (this.#cut(link)) this.#send([link.to]);
  }

  heal(link: Link): void {
    if (this.#heal(link)) this.#send([link.to]);
  }

  /** Links between groups are cut, links within one are whole. @param ids all servers; those in no group form one more */
  partition(groups: readonly (readonly NodeId[])[], ids: readonly NodeId[]): void {
    const groupOf = (id: NodeId): number => groups.findIndex((group) => group.includes(id));
    const links = ids.flatMap((from) => ids.filter((to) => to !== from).map((to) => ({ from, to })));
    const changed = links.filter((link) =>
      groupOf(link.from) === groupOf(link.to) ? this.#heal(link) : this.#cut(link),
    );
    this.#send(changed.map(({ to }) => to));
  }

  /** The rule holds in the place of one of the same id. */
  setRule(rule: FaultRule): Result<null> {
    const former = this.#rules.get(rule.id);
    if (former && JSON.stringify(former) === JSON.stringify(rule)) return succeed(null);
    const problem = this.#whyNot(rule);
    if (problem !== undefined) return fail('invalid', problem);
    this.#rules.set(rule.id, rule);
    const description = describeFaultRule(rule);
    this.#options.tell({ type: 'fault-set', faultRule: rule.id, fault: rule, description });
    this.#send([rule.link.to, ...(former ? [former.link.to] : [])]);
    return succeed(null);
  }

  clearRule(id: string): Result<null> {
    const rule = this.#rules.get(id);
    if (!rule) return fail('invalid', this.#describeMissing(id));
    this.#clear(rule);
    this.#send([rule.link.to]);
    return succeed(null);
  }

  /** @returns how many links were cut, and rules in force. */
  healAll(): number {
    const cuts = [...this.#cuts.values()];
    const rules = [...this.#rules.values()];
    for (const link of cuts) this.#heal(link);
    for (const rule of rules) this.#clear(rule);
    this.#send([...cuts, ...rules.map(({ link }) => link)].map(({ to }) => to));
    return cuts.length + rules.length;
  }

  /** The rules in force on node `to`. */
  rulesOf(to: NodeId): FaultRule[] {
    const cuts = [...this.#cuts].map(([id, link]): FaultRule => ({ id, link, action: { kind: 'cut' } }));
    return [...cuts, ...this.#rules.values()].filter(({ link }) => link.to === to);
  }

  #cut(link: Link): boolean {
    const faultRule = cutRuleId(link);
    if (this.#cuts.has(faultRule)) return false;
    this.#cuts.set(faultRule, { from: link.from, to: link.to });
    this.#options.tell({ type: 'link-cut', link, faultRule });
    return true;
  }

  #heal(link: Link): boolean {
    const faultRule = cutRuleId(link);
    if (!this.#cuts.delete(faultRule)) return false;
    this.#options.tell({ type: 'link-healed', link, faultRule });
    return true;
  }

  #clear({ id }: FaultRule): void {
    this.#rules.delete(id);
    this.#options.tell({ type: 'fault-cleared', faultRule: id });
  }

  #whyNot({ id, link }: FaultRule): string | undefined {
    if (isCutRuleId(id)) return `"${id}" is the name of a cut link. Use cut-link, or give the fault another name.`;
    const others = this.rulesOf(link.to).filter((other) => other.id !== id).length;
    if (others < limits.faultRulesMax) return undefined;
    return `Node ${link.to} has ${limits.faultRulesMax} fault rules already. Clear some of them first.`;
  }

  #describeMissing(id: string): string {
    if (this.#cuts.has(id)) return `"${id}" is a cut link: heal-link makes it whole.`;
    const names = [...this.#rules.keys()].map((name) => `"${name}"`);
    const others = names.length > 20 ? [...names.slice(0, 20), `${names.length - 20} more`] : names;
    const present = others.length > 0 ? `In force: ${others.join(', ')}.` : 'None is in force.';
    return `There is no fault "${id}". ${present}`;
  }

  #send(receivers: readonly NodeId[]): void {
    for (const to of new Set(receivers)) this.#options.send(to, this.rulesOf(to));
  }
}

function isCutRuleId(id: string): boolean {
  const [, from, to] = /^cut (\d+)→(\d+)$/.exec(id) ?? [];
  return from !== undefined && to !== undefined && id === cutRuleId({ from: Number(from), to: Number(to) });
}
