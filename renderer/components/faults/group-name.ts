/** What a group of a partition is called: A, B, C … */
const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

export function groupName(position: number): string {
  return letters[position] ?? `${position + 1}`;
}
