/**
 * What a set of fault rules says about one datagram. Pure.
 */
import { assertNever } from '../../shared/assert.ts';
import { sameLink, type FaultRule } from '../../shared/fault-rule.ts';
import type { NodeId } from '../../shared/ids.ts';
import type { Verdict } from '../ports.ts';

const pass: Verdict = { kind: 'pass' };

/** The verdict on a datagram that `from` sent to `to`. The first rule that keeps it is the one that is named. */
export function judgeDatagram(rules: readonly FaultRule[], from: NodeId, to: NodeId): Verdict {
  const link = { from, to };
  for (const rule of rules) {
    if (sameLink(rule.link, link) && isKept(rule)) return { kind: 'drop', faultRule: rule.id };
  }
  return pass;
}

function isKept({ action }: FaultRule): boolean {
  switch (action.kind) {
    case 'cut':
      return true;
    default:
      return assertNever(action.kind, 'isKept');
  }
}
