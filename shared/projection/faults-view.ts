/**
 * The faults that are in force, as someone who comes later has to see them: those of links, and those of each node.
 */
import type { NodeFault } from '../bench-event.ts';
import type { EventOf, LabEvent } from '../event.ts';
import { sameLink, type FaultRule, type Link } from '../fault-rule.ts';

/** A fault of a node, its disk or its clock that goes on. */
export interface FaultInForce {
  readonly fault: NodeFault;
  readonly faultRule: string;
  /** What it does, in a sentence. */
  readonly reason: string;
}

/** A fault of a link that is no cut. */
export interface LinkFaultInForce {
  readonly faultRule: string;
  readonly description: string;
  readonly fault: FaultRule;
}

export interface LinkFaultsView {
  readonly cutLinks: readonly Link[];
  readonly faults: readonly LinkFaultInForce[];
}

/** One step of the fold over what is done to links. The very same object for any other event. */
export function projectLinkFaults<View extends LinkFaultsView>(view: View, event: LabEvent): View {
  switch (event.type) {
    case 'link-cut':
      return { ...view, cutLinks: [...view.cutLinks.filter((link) => !sameLink(link, event.link)), event.link] };
    case 'link-healed':
      return { ...view, cutLinks: view.cutLinks.filter((link) => !sameLink(link, event.link)) };
    case 'fault-set': {
      const { faultRule, description, fault } = event;
      return { ...view, faults: [...withoutRule(view.faults, faultRule), { faultRule, description, fault }] };
    }
    case 'fault-cleared':
      return { ...view, faults: withoutRule(view.faults, event.faultRule) };
    default:
      return view;
  }
}

/** Power cuts, wipes and jumps of a clock are over when they are reported; what they leave shows elsewhere. */
export function nodeFaultsAfter(
  faults: readonly FaultInForce[],
  { fault, faultRule, reason }: EventOf<'node-fault'>,
): readonly FaultInForce[] {
  switch (fault) {
    case 'power-cut':
    case 'wipe':
    case 'clock-jump':
      return faults;
    case 'resume':
      return faults.filter((other) => other.fault !== 'pause');
    case 'healed':
      // By the name of one fault, or of the node: then everything that goes on ends.
      return faults.some((other) => other.faultRule === faultRule)
        ? withoutRule(faults, faultRule)
        : faults.filter((other) => other.fault === 'pause');
    default:
      return [...withoutRule(faults, faultRule), { fault, faultRule, reason }];
  }
}

/** When a thread is gone nothing holds it any more; disk and clock are as they were. */
export function faultsWithoutThread(faults: readonly FaultInForce[]): readonly FaultInForce[] {
  return faults.filter(({ fault }) => fault !== 'pause');
}

function withoutRule<Fault extends { readonly faultRule: string }>(
  faults: readonly Fault[],
  faultRule: string,
): readonly Fault[] {
  return faults.filter((fault) => fault.faultRule !== faultRule);
}
