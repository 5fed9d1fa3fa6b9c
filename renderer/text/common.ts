/** Words that several panes use. All text of the page is in this folder, so that it can be translated in one place. */
import type { RoleName } from '../../shared/event.ts';
import type { NodeStatus } from '../../shared/projection/cluster-view.ts';

const roles: Record<RoleName, string> = { leader: 'Leader', candidate: 'Candidate', follower: 'Follower' };

const statuses: Record<NodeStatus, string> = {
  starting: 'Starting',
  running: 'Running',
  stopped: 'Stopped',
  crashed: 'Crashed',
  failed: 'Failed',
};

export const text = {
  appName: 'Raft Lab',
  term: 'term',
  none: 'none',
  oldLeader: 'Old leader',
  close: 'Close',
  cancel: 'Cancel',
  node: (id: number): string => `Node ${id}`,
  role: (role: RoleName): string => roles[role],
  status: (status: NodeStatus): string => statuses[status],
};
