/** Words that several panes use. All text of the page is in this folder, so that it can be translated in one place. */
import type { NodeFault } from '../../shared/bench-event.ts';
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

const faults: Record<NodeFault, string> = {
  'power-cut': 'power cut',
  pause: 'paused',
  resume: 'resumed',
  wipe: 'wiped',
  'slow-disk': 'slow disk',
  'stuck-disk': 'stuck disk',
  'failing-disk': 'failing disk',
  'full-disk': 'full disk',
  'clock-rate': 'clock runs wrong',
  'clock-jump': 'clock jumped',
  healed: 'healed',
};

export const text = {
  appName: 'Raft Lab',
  term: 'term',
  none: 'none',
  oldLeader: 'Old leader',
  joining: 'Joining',
  learner: 'Learner',
  leaving: 'Leaving',
  removed: 'Removed',
  wiped: 'Wiped',
  close: 'Close',
  cancel: 'Cancel',
  node: (id: number): string => `Node ${id}`,
  role: (role: RoleName): string => roles[role],
  fault: (fault: NodeFault): string => faults[fault],
  status: (status: NodeStatus): string => statuses[status],
};
