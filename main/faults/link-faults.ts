/**
 * The fault rules in force at one real node: its transport asks about every datagram that arrives.
 */
import { assertNever } from '../../shared/assert.ts';
import { describeFaultRule, type FaultAction, type FaultRule } from '../../shared/fault-rule.ts';
import type { NodeId } from '../../shared/ids.ts';
import { fail, type Result } from '../../shared/result.ts';
import type { AdmitDatagram, Verdict } from '../ports.ts';
import { createNetworkFaults } from './network-faults.ts';
import type { PacketVerdict } from './verdict.ts';

export interface LinkFaults {
  /** The hook of the transport. */
  readonly admit: AdmitDatagram;
  /** The rules that concern this node: those of links that lead to it. */
  readonly rules: readonly FaultRule[];
  /**
   * Replaces all rules. They may be those of the whole cluster; the others' links are left out. From the next datagram
   * that is read on they hold. `overloaded` when more than `limits.faultRulesMax` concern this node, `invalid` for an
   * action that the hook can't carry out (what makes datagrams late or doubles them); then the former rules stay in force.
   */
  setRules(rules: readonly FaultRule[]): Result<null>;
}

const pass: Verdict = { kind: 'pass' };

/** No rule is in force until `setRules`. Same seed, same datagrams: the same ones are lost. */
export function createLinkFaults(self: NodeId, seed = 0): LinkFaults {
  const faults = createNetworkFaults(seed);
  return {
    admit(from, kind, bytes) {
      return toAdmission(faults.judge({ from, to: self, kind, bytes, nowNs: 0 }));
    },
    get rules() {
      return faults.rules;
    },
    setRules(rules) {
      const ours = rules.filter(({ link }) => link.to === self);
      const unfit = ours.find(({ action }) => !isLoss(action));
      if (unfit === undefined) return faults.setRules(ours);
      return fail(
        'invalid',
        `A real node can lose datagrams on purpose, not hold or double them: "${describeFaultRule(unfit)}" was not set; the former rules stay in force.`,
      );
    },
  };
}

/** Damage counts as loss: what would be delivered is not what was sent. */
function toAdmission(verdict: PacketVerdict): Verdict {
  if (verdict.kind !== 'alter') return verdict;
  const damage = verdict.copies[0]?.damage;
  return damage ? { kind: 'drop', faultRule: damage.faultRule } : pass;
}

function isLoss(action: FaultAction): boolean {
  switch (action.kind) {
    case 'cut':
    case 'drop':
    case 'burst':
    case 'corrupt':
      return true;
    case 'delay':
    case 'duplicate':
    case 'reorder':
    case 'bandwidth':
      return false;
    default:
      return assertNever(action, 'isLoss');
  }
}
