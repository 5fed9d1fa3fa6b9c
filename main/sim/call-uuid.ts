/**
 * The uuid of a call, made from who calls whom and the call's number: the reply finds it again without anyone having
 * remembered it, and it costs one addition and one concatenation.
 */
import type { NodeId } from '../../shared/ids.ts';
import type { MessageKind } from '../../shared/raft-message.ts';

const prefixes = new Map<number, string>();
const roundsPerBoot = 4_294_967_296;
/** A round is below 2⁵³. */
const bootsMax = 2_097_152;

/** @param kind of the call or of its reply */
export function callUuid(caller: NodeId, callee: NodeId, kind: MessageKind, round: number): string {
  const boot = Math.floor(round / roundsPerBoot);
  const isService = kind === 'forward-append' || kind === 'forward-append-reply';
  const key = ((caller * 1_024 + callee) * bootsMax + boot) * 2 + (isService ? 1 : 0);
  let prefix = prefixes.get(key);
  if (prefix === undefined) {
    const four = (value: number): string => value.toString(16).padStart(4, '0');
    const high = (Math.floor(boot / 65_536) * 2 + (isService ? 1 : 0)).toString(16).padStart(3, '0');
    prefix = `${four(caller)}${four(callee)}-${four(boot % 65_536)}-4${high}-8000-00`;
    prefixes.set(key, prefix);
  }
  // Ten digits, which are also ten hexadecimal digits.
  return prefix + String(1_000_000_000 + (round - boot * roundsPerBoot));
}
