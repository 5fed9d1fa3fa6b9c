/** Text of the frame around the panes: top bar, status bar, notices. */

const askForVotes = (ids: readonly number[]): string =>
  `${ids.length === 1 ? 'node' : 'nodes'} ${ids.join(', ')} ${ids.length === 1 ? 'asks' : 'ask'} for votes`;

const faultsText = (count: number): string => `${count} ${count === 1 ? 'fault' : 'faults'}`;

export const text = {
  clusterSize: 'Nodes',
  clusterSizeLong: 'How many nodes the cluster has',
  start: 'Start',
  startSized: (count: number): string => `Start ${count} ${count === 1 ? 'node' : 'nodes'}`,
  stop: 'Stop',
  newCluster: 'New cluster',
  newTitle: (count: number): string => `Begin a new cluster of ${count} ${count === 1 ? 'node' : 'nodes'}?`,
  newText: 'It begins with empty logs, beside those of earlier clusters. Nothing is deleted.',
  newTextRunning:
    'It begins with empty logs. The cluster that runs now is stopped; its logs stay in its folder and nothing is deleted.',
  newConfirm: 'Begin',
  healAll: 'Heal all',
  healAllLong: (count: number): string =>
    count === 0
      ? 'No fault is in force'
      : `Heal links, disks and clocks, and let every node go on: ${faultsText(count)}`,
  healed: (count: number): string => `${faultsText(count)} healed`,
  theme: 'Theme',
  themeSystem: 'Follow the system',
  themeDark: 'Dark',
  themeLight: 'Light',

  leads: (id: number): string => `Node ${id} leads`,
  cutOff: 'Not connected to the lab',
  noCluster: 'No cluster',
  stopped: 'Stopped',
  starting: 'Starting',
  leadsDespite: (id: number, ids: readonly number[]): string => `Node ${id} leads, ${askForVotes(ids)}`,
  election: (ids: readonly number[]): string => `Election: ${askForVotes(ids)}`,
  noQuorum: (able: number, voters: number, needed: number): string =>
    `No majority: ${able} of ${voters} voters can vote, ${needed} ${needed === 1 ? 'is' : 'are'} needed`,
  noLeader: 'No leader',
  status: 'Cluster status',

  rulesOff: (count: number): string => (count === 1 ? 'A rule of Raft is off' : `${count} rules of Raft are off`),
  rulesOffLong: 'This cluster may break its promises.',
  allRulesOn: 'Switch all on',

  broken: (count: number): string =>
    count === 1 ? 'This cluster has broken a promise' : `This cluster has broken its promises, ${count} times`,
  brokenGuard: (rule: string): string => `guarded by ${rule}`,
  brokenMore: (count: number): string => `and ${count} more, in the logs`,

  portsMoved: 'Other ports',
  folder: 'Folder',
  copyFolder: 'Copy the folder’s path',
  folderCopied: 'The folder’s path is copied',
  ports: (first: number, last: number): string => (first === last ? `port ${first}` : `ports ${first}–${last}`),
  timings: (min: number, max: number, heartbeat: number): string =>
    `election ${min}–${max} ms, heartbeat ${heartbeat} ms`,
  missed: (count: number): string => `${count.toLocaleString('en')} events skipped`,
  missedLong:
    'The page could not keep up, so the lab left these events out of its stream. What you see is right all the same: it was taken from a fresh snapshot.',
  version: (version: string): string => `v${version}`,
  notices: 'Notices',
};
