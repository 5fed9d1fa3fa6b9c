/** One thing that can be done to a node: an item of its menu, and an action of the page while the node is selected. */
import type { Component } from 'vue';
import type { MenuItem } from '../components/base/menu-item.ts';

export interface NodeAct {
  /** Within the node's menu. */
  readonly id: string;
  /** In the menu, which says whose it is. */
  readonly label: string;
  /** Everywhere else: names the node. */
  readonly name: string;
  readonly icon?: Component;
  readonly tone?: 'danger';
  readonly startsGroup?: boolean;
  readonly disabled?: boolean;
  readonly keys?: readonly string[];
  readonly testId?: string;
  /** A menu of its own; then it does nothing itself. */
  readonly acts?: readonly NodeAct[];
  readonly run?: () => void;
}

/** Those that do something, out of all menus. */
export function leavesOf(acts: readonly NodeAct[]): readonly NodeAct[] {
  return acts.flatMap((act) => (act.acts ? leavesOf(act.acts) : [act]));
}

/** As a menu has them. @param isOff nothing can be done now */
export function menuOf(acts: readonly NodeAct[], isOff: boolean): MenuItem[] {
  return acts.map(({ id, label, icon, tone, startsGroup, disabled, testId, acts: more }) => ({
    id,
    label,
    disabled: isOff || disabled === true,
    ...(icon && { icon }),
    ...(tone && { tone }),
    ...(startsGroup && { startsGroup }),
    ...(testId !== undefined && { testId }),
    ...(more && { children: menuOf(more, isOff) }),
  }));
}
