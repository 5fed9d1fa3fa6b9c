/** Text of the log matrix. */
const number = new Intl.NumberFormat('en');

export const text = {
  title: 'Log matrix',
  grid: 'The logs, a row per node, a column per index. Arrow keys move between entries, Page keys by a window, Home and End to the ends, + and - change the size, c goes to the commit, d to the first difference, Enter opens the details.',
  node: (id: number): string => `Node ${id}`,
  index: (index: number): string => `index ${number.format(index)}`,
  term: (term: number): string => `term ${term}`,
  committed: 'committed',
  uncommitted: 'not committed',
  applied: 'applied',
  notApplied: 'not applied',
  notOnDisk: 'not on disk yet',
  missing: 'nothing there',
  differs: (id: number, term: number, leads: boolean): string =>
    `differs from ${leads ? 'the leader, ' : ''}node ${id}, which has term ${term}`,
  snapshot: (index: number, term: number): string => `snapshot to ${number.format(index)}, term ${term}`,
  snapshotShort: (index: number): string => `to ${number.format(index)}`,
  matchHere: 'the leader’s match',
  nextHere: 'the leader’s next',
  commit: 'commit',

  jump: 'Go to index',
  jumpShort: 'Index',
  toCommit: 'Go to the leader’s commit',
  toDifference: 'Go to the first difference between the logs',
  noDifference: 'The logs are the same',
  follow: 'Follow the end of the logs',
  larger: 'Larger cells',
  smaller: 'Smaller cells',
  whole: 'All of the logs',

  legend: 'Marks',
  legendCommitted: 'committed',
  legendUncommitted: 'not committed',
  legendApplied: 'applied',
  legendNotOnDisk: 'not on disk',
  legendDiffers: 'differs from the leader',
  legendMatch: 'match',
  legendNext: 'next',

  why: 'Why?',
  details: 'Details',
  closeCell: 'Close',
  nodeWord: 'Node ',
  state: (state: string): string => `, ${state}, term `,
  selectNode: (id: number, state: string, term: number): string => `Node ${id}, ${state}, term ${term}`,

  noneTitle: 'No logs yet',
  noneText: 'Start a cluster: here each node’s log is a row, and each entry a cell with its term.',
  emptyLogs: 'The logs are empty: the first entry comes with the first leader.',
};
