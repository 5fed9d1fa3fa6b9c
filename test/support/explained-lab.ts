/** A simulated lab that is asked why: what is answered of its view, and whether the stream holds what the answer rests on. */
import type { NodeId } from '../../shared/ids.ts';
import type { LabEvent } from '../../shared/event.ts';
import type { ClusterView } from '../../shared/projection/cluster-view.ts';
import { isEvidence, type Explanation } from '../../shared/projection/explain/explanation.ts';
import { whyNotCommitted } from '../../shared/projection/explain/why-not-committed.ts';
import { whyRole } from '../../shared/projection/explain/why-role.ts';
import { DrivenLab } from './sim-lab.ts';

export class ExplainedLab extends DrivenLab {
  /** Starts a cluster and waits for its leader. */
  static start(command: { nodes: number; rulesOff?: ('check-quorum' | 'leader-noop')[]; voters?: number }): {
    lab: ExplainedLab;
    leader: NodeId;
    others: readonly NodeId[];
  } {
    const lab = new ExplainedLab();
    lab.do({ type: 'start-cluster', ...command });
    const leader = lab.leader();
    lab.append(leader, 'first');
    lab.runFor(200);
    const others = lab.view.nodes.map(({ id }) => id).filter((id) => id !== leader);
    return { lab, leader, others };
  }

  get view(): ClusterView {
    return this.lab.view;
  }

  /** An append that is not waited for. @returns the index that it gets at `node` */
  appendLater(node: NodeId, ...entries: string[]): number {
    const index = (this.view.nodes.find(({ id }) => id === node)?.lastIndex ?? 0) + 1;
    this.lab.execute({ type: 'append', node, entries }, () => {});
    this.until(() => (this.view.nodes.find(({ id }) => id === node)?.lastIndex ?? 0) >= index);
    return index;
  }

  whyNot(index: number, node?: NodeId): Explanation {
    return checked(whyNotCommitted(this.view, index, node), this.events);
  }

  whyRole(node: NodeId): Explanation {
    return checked(whyRole(this.view, node), this.events);
  }
}

/** @throws where an answer rests on an event that did not happen */
export function checked(explanation: Explanation | undefined, events: readonly LabEvent[]): Explanation {
  if (!explanation) throw new Error('no answer');
  for (const evidence of explanation.evidence) {
    if (!events.some((event) => isEvidence(evidence, event))) throw new Error(`it did not happen: ${evidence.words}`);
  }
  return explanation;
}
