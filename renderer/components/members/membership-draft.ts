/** A membership as a person ticks it together, before it is asked for. */
import type { Configuration } from '../../../shared/configuration.ts';
import type { NodeId } from '../../../shared/ids.ts';
import { memberKindOf } from '../../../shared/projection/membership-view.ts';

export type Part = 'voter' | 'learner' | 'none';
export type MembershipDraft = Readonly<Record<NodeId, Part>>;

/** What each node is now; who is about to leave is ticked off. */
export function draftOf(ids: readonly NodeId[], configuration: Configuration | undefined): MembershipDraft {
  return Object.fromEntries(
    ids.map((id) => {
      const kind = memberKindOf(configuration, id);
      return [id, kind === 'voter' || kind === 'learner' ? kind : 'none'];
    }),
  );
}

/** A node votes, or learns, or neither: ticking one unticks the other. */
export function withPart(draft: MembershipDraft, id: NodeId, part: Part, isTicked: boolean): MembershipDraft {
  return { ...draft, [id]: isTicked ? part : 'none' };
}

/** The ids with this part, ascending. */
export function idsWith(draft: MembershipDraft, part: Part): NodeId[] {
  return Object.entries(draft).flatMap(([id, has]) => (has === part ? [Number(id)] : []));
}
