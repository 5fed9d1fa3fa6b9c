/** What a node is in the cluster's configuration, as the stage says it: a word and a sign, never a colour alone. */
import { DoorOpen, Eraser, GraduationCap, UserMinus, UserPlus } from '@lucide/vue';
import type { Component } from 'vue';
import type { Configuration } from '../../../shared/configuration.ts';
import { isWiped, memberKindOf } from '../../../shared/projection/membership-view.ts';
import type { NodeView } from '../../../shared/projection/node-view.ts';
import { text as common } from '../../text/common.ts';
import { text } from '../../text/stage.ts';

/**
 * `joining`, `leaving`: it votes only after, or only before, the change that is in its joint phase (Raft §6). `removed`: it has
 * no part in the configuration. `wiped`: what it has there belongs to another folder.
 */
export type Standing = 'voter' | 'joining' | 'learner' | 'leaving' | 'removed' | 'wiped';

export interface StandingLook {
  readonly word: string;
  readonly hint: string;
  readonly icon: Component;
}

/** @param configuration The one in force; without one every node is taken for a voter. */
export function standingOf(node: NodeView, configuration: Configuration | undefined): Standing {
  if (isWiped(configuration, node)) return 'wiped';
  switch (memberKindOf(configuration, node.id)) {
    case 'voter':
      return isNew(node, configuration) ? 'joining' : 'voter';
    case 'outgoing':
      return 'leaving';
    case 'learner':
      return 'learner';
    default:
      return 'removed';
  }
}

/** While a change is in its joint phase, voters of the new configuration that were none in the old one. */
function isNew({ id }: NodeView, configuration: Configuration | undefined): boolean {
  const outgoing = configuration?.outgoing ?? [];
  return outgoing.length > 0 && !outgoing.some((server) => server.id === id);
}

/** How it is said; a voter is what a node is anyway. */
export const standingLooks: Readonly<Record<Exclude<Standing, 'voter'>, StandingLook>> = {
  joining: { word: common.joining, hint: text.joiningLong, icon: UserPlus },
  learner: { word: common.learner, hint: text.learnerLong, icon: GraduationCap },
  leaving: { word: common.leaving, hint: text.leavingLong, icon: DoorOpen },
  removed: { word: common.removed, hint: text.removedLong, icon: UserMinus },
  wiped: { word: common.wiped, hint: text.wipedLong, icon: Eraser },
};
