/** Text of the frame around the panes: top bar, status bar, notices. */
import type { Theme } from '../stores/settings.ts';

const themeNames: Record<Theme, string> = { system: 'Follow the system', dark: 'Dark', light: 'Light' };

const askForVotes = (ids: readonly number[]): string =>
  `${ids.length === 1 ? 'node' : 'nodes'} ${ids.join(', ')} ${ids.length === 1 ? 'asks' : 'ask'} for votes`;

const faultsText = (count: number): string => `${count} ${count === 1 ? 'fault' : 'faults'}`;

export const text = {
  stop: 'Stop',
  startLast: (what: string): string => `Start ${what}`,
  newCluster: 'New …',
  newClusterLong: 'Choose what the next cluster is started with',
  healAll: 'Heal all',
  healAllLong: (count: number): string =>
    count === 0
      ? 'No fault is in force'
      : `Heal links, disks and clocks, and let every node go on: ${faultsText(count)}`,
  healed: (count: number): string => `${faultsText(count)} healed`,
  theme: 'Theme',
  themeName: (theme: Theme): string => themeNames[theme],

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
  help: 'Help and looks',
};
