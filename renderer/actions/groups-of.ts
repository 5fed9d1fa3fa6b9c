/** The headings of acts, in the order in which they are listed: what is done to the cluster first, the window last. */
import type { PageAction } from '../stores/actions.ts';
import { text } from '../text/actions.ts';

const first: readonly string[] = [text.groups.cluster];
const last: readonly string[] = [text.groups.nodes, text.groups.panes, text.groups.window, text.groups.help];

export function groupsOf(actions: readonly PageAction[]): readonly string[] {
  const there = new Set(actions.map(({ group }) => group));
  const others = [...there].filter((group) => !first.includes(group) && !last.includes(group)).toSorted();
  return [...first, ...others, ...last].filter((group) => there.has(group));
}
