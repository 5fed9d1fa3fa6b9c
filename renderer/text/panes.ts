/** Text of the arrangement: what panes and regions are called, and what can be done to them. */
import type { PaneId, RegionId } from '../stores/workspace.ts';

const titles: Record<PaneId, string> = {
  stage: 'Cluster',
  diagram: 'Diagram',
  nodes: 'Nodes',
  members: 'Members',
  rules: 'Rules',
  faults: 'Faults',
  logs: 'Logs',
  matrix: 'Matrix',
  charts: 'Charts',
  client: 'Client',
  scenarios: 'Scenarios',
  checks: 'Checks',
  details: 'Details',
};

const regions: Record<RegionId, string> = {
  main: 'Main region',
  side: 'Side region',
  right: 'Right region',
  bottom: 'Bottom region',
  corner: 'Bottom corner',
};

const moves: Record<RegionId, string> = {
  main: 'Move to the main region',
  side: 'Move to its side',
  right: 'Move to the right',
  bottom: 'Move to the bottom',
  corner: 'Move to the bottom corner',
};

export const text = {
  title: (id: PaneId): string => titles[id],
  region: (name: RegionId): string => regions[name],
  moveTo: (name: RegionId): string => moves[name],
  hide: 'Hide',
  maximise: 'Maximise',
  restore: 'Back to its size',
  regionMenu: (title: string): string => `Arrange ${title}`,
  panes: 'Panes',
  panesLong: 'Which panes are shown',
  reset: 'Reset the arrangement',
  show: (title: string): string => `Show ${title}`,
  dropHere: (name: RegionId): string => regions[name],
  loading: 'Loading',
  failedTitle: 'This pane did not load',
  failedText: 'Reload the page. If that does not help, the app that serves it may have been replaced meanwhile.',
  nothingTitle: 'Every pane is hidden',
  nothingText: 'Bring one back from the menu “Panes”, or all of them at once.',
  resizeRight: 'Width of the right region',
  resizeBottom: 'Height of the bottom region',
  resizeSide: 'Width of the side region',
  resizeCorner: 'Width of the bottom corner',
};
