/** Which servers still hear each other: a question to the cuts in force. */
import type { Link } from '../fault-rule.ts';
import type { NodeId } from '../ids.ts';

/**
 * The groups into which the cuts part the servers: between two groups nothing passes in either direction; within one, each is
 * joined to the others by links of which at least one direction is open, perhaps over a third. One group: no partition.
 * @returns each group ascending, the groups by their first server
 */
export function linkGroups(ids: readonly NodeId[], cutLinks: readonly Link[]): readonly (readonly NodeId[])[] {
  const cut = new Set(cutLinks.map(({ from, to }) => `${from} ${to}`));
  const isApart = (a: NodeId, b: NodeId): boolean => cut.has(`${a} ${b}`) && cut.has(`${b} ${a}`);
  const left = new Set(ids.toSorted((a, b) => a - b));
  const groups: NodeId[][] = [];
  for (const first of left) {
    left.delete(first);
    const group = [first];
    // The list grows while it is walked.
    for (const member of group) {
      for (const other of left) {
        if (isApart(member, other)) continue;
        left.delete(other);
        group.push(other);
      }
    }
    groups.push(group.toSorted((a, b) => a - b));
  }
  return groups;
}
