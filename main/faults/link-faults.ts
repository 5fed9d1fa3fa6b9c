/**
 * The fault rules in force at one node: its transport asks about every datagram that arrives.
 */
import { limits } from '../../shared/cluster-config.ts';
import type { FaultRule } from '../../shared/fault-rule.ts';
import type { NodeId } from '../../shared/ids.ts';
import { fail, succeed, type Result } from '../../shared/result.ts';
import type { AdmitDatagram } from '../ports.ts';
import { judgeDatagram } from './verdict.ts';

export interface LinkFaults {
  /** The hook of the transport. */
  readonly admit: AdmitDatagram;
  /** The rules that concern this node: those of links that lead to it. */
  readonly rules: readonly FaultRule[];
  /**
   * Replaces all rules. They may be those of the whole cluster; the others' links are left out. From the next datagram
   * that is read on they hold. `overloaded` when more than `limits.faultRulesMax` concern this node; then the former
   * rules stay in force.
   */
  setRules(rules: readonly FaultRule[]): Result<null>;
}

/** No rule is in force until `setRules`. */
export function createLinkFaults(self: NodeId): LinkFaults {
  let inForce: readonly FaultRule[] = [];
  return {
    admit: (from) => judgeDatagram(inForce, from, self),
    get rules() {
      return inForce;
    },
    setRules(rules) {
      const ours = rules.filter(({ link }) => link.to === self);
      if (ours.length > limits.faultRulesMax) {
        return fail(
          'overloaded',
          `${ours.length} fault rules for node ${self} are more than the limit of ${limits.faultRulesMax}; the former ones stay in force.`,
        );
      }
      inForce = ours;
      return succeed(null);
    },
  };
}
