/**
 * The fault rules of a whole network or of one node's links, found by link. With no rules a verdict costs one comparison.
 */
import { limits } from '../../shared/cluster-config.ts';
import type { FaultRule } from '../../shared/fault-rule.ts';
import { nodeIdMax, type NodeId } from '../../shared/ids.ts';
import { fail, succeed, type Result } from '../../shared/result.ts';
import {
  freshMemory,
  inOrderOfActing,
  judgePacket,
  type ArmedRule,
  type Packet,
  type PacketVerdict,
} from './verdict.ts';

export interface NetworkFaults {
  readonly rules: readonly FaultRule[];
  /**
   * Replaces all rules; ids differ from each other. A rule that was in force with the same id, link and action keeps its
   * memory (its draws, its burst, its queue); any other begins anew. `overloaded` when more than `limits.faultRulesMax`
   * concern one receiving node, `invalid` when two have the same id; then the former rules stay in force.
   */
  setRules(rules: readonly FaultRule[]): Result<null>;
  /** Whether any rule is in force there; where none is, every packet passes. */
  concerns(from: NodeId, to: NodeId): boolean;
  judge(packet: Packet): PacketVerdict;
}

const pass: PacketVerdict = { kind: 'pass' };

/** No rule is in force until `setRules`. Same seed, same rules, same packets: same verdicts. */
export function createNetworkFaults(seed: number): NetworkFaults {
  let armedById: ReadonlyMap<string, ArmedRule> = new Map();
  let armedByLink: ReadonlyMap<number, readonly ArmedRule[]> = new Map();
  return {
    get rules() {
      return [...armedById.values()].map(({ rule }) => rule);
    },
    setRules(rules) {
      const problem = describeProblem(rules);
      if (problem !== undefined) return problem;
      const former = armedById;
      armedById = new Map(rules.map((rule) => [rule.id, rearm(rule, former.get(rule.id), seed)]));
      armedByLink = groupByLink([...armedById.values()]);
      return succeed(null);
    },
    concerns(from, to) {
      return armedByLink.size > 0 && armedByLink.has(linkKey(from, to));
    },
    judge(packet) {
      if (armedByLink.size === 0) return pass;
      const armed = armedByLink.get(linkKey(packet.from, packet.to));
      return armed === undefined ? pass : judgePacket(armed, packet);
    },
  };
}

function linkKey(from: NodeId, to: NodeId): number {
  return from * (nodeIdMax + 1) + to;
}

function describeProblem(rules: readonly FaultRule[]): Result<null> | undefined {
  const seen = new Set<string>();
  const countByNode = new Map<NodeId, number>();
  for (const { id, link } of rules) {
    if (seen.has(id)) return fail('invalid', `Two fault rules are called "${id}"; the former ones stay in force.`);
    seen.add(id);
    countByNode.set(link.to, (countByNode.get(link.to) ?? 0) + 1);
  }
  for (const [node, count] of countByNode) {
    if (count > limits.faultRulesMax)
      return fail(
        'overloaded',
        `${count} fault rules for node ${node} are more than the limit of ${limits.faultRulesMax}; the former ones stay in force.`,
      );
  }
  return undefined;
}

function rearm(rule: FaultRule, former: ArmedRule | undefined, seed: number): ArmedRule {
  const goesOn = former !== undefined && JSON.stringify(former.rule) === JSON.stringify(rule);
  return { rule, memory: goesOn ? former.memory : freshMemory(rule, seed) };
}

function groupByLink(armed: readonly ArmedRule[]): Map<number, ArmedRule[]> {
  const byLink = new Map<number, ArmedRule[]>();
  for (const one of armed) {
    const key = linkKey(one.rule.link.from, one.rule.link.to);
    byLink.set(key, [...(byLink.get(key) ?? []), one]);
  }
  for (const [key, ofLink] of byLink) byLink.set(key, inOrderOfActing(ofLink));
  return byLink;
}
