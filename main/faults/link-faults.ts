/**
 * The fault rules in force at one real node: its transport asks about every datagram that arrives.
 */
import type { FaultRule } from '../../shared/fault-rule.ts';
import type { NodeId } from '../../shared/ids.ts';
import type { Result } from '../../shared/result.ts';
import type { AdmitDatagram, DatagramCopy, Verdict } from '../fault-port.ts';
import { damageBytes } from './damage.ts';
import { createNetworkFaults } from './network-faults.ts';
import type { PacketCopy } from './verdict.ts';

export interface LinkFaults {
  /** The hook of the transport. */
  readonly admit: AdmitDatagram;
  /** The rules that concern this node: those of links that lead to it. */
  readonly rules: readonly FaultRule[];
  /**
   * Replaces all rules. They may be those of the whole cluster; the others' links are left out. From the next datagram
   * that is read on they hold; what former rules have delayed still comes at its time. `overloaded` when more than
   * `limits.faultRulesMax` concern this node; then the former rules stay in force.
   */
  setRules(rules: readonly FaultRule[]): Result<null>;
}

const pass: Verdict = { kind: 'pass' };

/** No rule is in force until `setRules`. Same seed, same datagrams: the same is done to the same ones. */
export function createLinkFaults(self: NodeId, seed = 0): LinkFaults {
  const faults = createNetworkFaults(seed);
  return {
    admit(from, kind, bytes, clock) {
      // Neither the time nor a packet is made for a link without rules.
      if (!faults.concerns(from, self)) return pass;
      const nowNs = clock();
      const verdict = faults.judge({ from, to: self, kind, bytes, nowNs });
      if (verdict.kind !== 'alter') return verdict;
      return { kind: 'alter', nowNs, copies: verdict.copies.map(toDatagramCopy), acts: verdict.acts };
    },
    get rules() {
      return faults.rules;
    },
    setRules: (rules) => faults.setRules(rules.filter(({ link }) => link.to === self)),
  };
}

function toDatagramCopy({ delayNs, damage }: PacketCopy): DatagramCopy {
  return { delayNs, damage: damage && ((bytes) => damageBytes(bytes, damage.seed)) };
}
