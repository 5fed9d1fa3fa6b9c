/** Text of the dialog in which a cluster is described and started. */
import type { NetworkDelay, Timings } from '../../shared/cluster-config.ts';
import type { SoughtEvent } from '../../shared/event.ts';
import type { StartChoice } from '../stores/start-choice.ts';

const nodes = (count: number): string => `${count} ${count === 1 ? 'node' : 'nodes'}`;
const rulesOff = (count: number): string => `${count} ${count === 1 ? 'rule' : 'rules'} off`;

const sought: Record<SoughtEvent, string> = {
  'split-vote': 'a vote is split',
  'two-leaders': 'two nodes lead, in different terms',
  violation: 'a promise is broken',
};

export const text = {
  title: 'Start a cluster',
  /** What is chosen, for a button: “3 nodes”, with what is out of the ordinary. */
  summary: (choice: StartChoice): string =>
    [
      nodes(choice.nodes),
      ...(choice.world === 'simulated' ? ['simulated'] : []),
      ...(choice.rulesOff.length > 0 ? [rulesOff(choice.rulesOff.length)] : []),
    ].join(', '),
  replaces: 'The one that runs is stopped. Its logs stay in its folder; nothing is deleted.',
  start: 'Start',
  other: 'Something else …',

  nodes: 'Nodes',
  world: 'World',
  real: 'Real',
  realHint: 'Threads, UDP sockets and files of this machine.',
  simulated: 'Simulated',
  simulatedHint: 'The same code in virtual time: hold it, step it, run it again exactly.',
  seed: 'Seed',
  seedHint: 'Same seed, same acts: same run.',
  otherSeed: 'Another seed',
  find: 'Find a seed in which',
  sought: (event: SoughtEvent): string => sought[event],
  findButton: 'Find',
  needsRuleOff: 'With every rule on, no promise breaks: switch one off below.',
  needsNodes: 'A cluster of one has no elections to look at.',
  searching: (tried: number, of: number): string => `${tried.toLocaleString('en')} of ${of.toLocaleString('en')} tried`,
  stopSearch: 'Stop looking',
  found: 'Found',
  foundText: (event: SoughtEvent, seed: number): string => `With seed ${seed}, ${sought[event]}.`,

  timing: 'Timing',
  custom: 'Custom',
  customHint: 'Times of your own, in milliseconds.',
  pace: (
    { electionTimeoutMinMs, electionTimeoutMaxMs, heartbeatIntervalMs }: Timings,
    delay: NetworkDelay | null,
  ): string =>
    `Election ${electionTimeoutMinMs}–${electionTimeoutMaxMs} ms, heartbeat ${heartbeatIntervalMs} ms` +
    (delay ? `, datagrams take ${delay.minMs}–${delay.maxMs} ms.` : '.'),
  electionMin: 'Election from',
  electionMax: 'to',
  heartbeat: 'Heartbeat',
  delayMin: 'Delay from',
  delayMax: 'to',
  delay: 'Delay',
  electionOrder: 'The shortest election timeout is above the longest.',
  heartbeatOrder: 'Heartbeats must come more often than the shortest election timeout.',
  delayOrder: 'The shortest delay is above the longest.',
  notWhole: (min: number, max: number): string => `A whole number from ${min} to ${max.toLocaleString('en')}.`,

  logs: 'Logs',
  takeUp: 'Take up the latest',
  takeUpHint: (count: number): string => `Goes on where the last cluster of ${nodes(count)} left off, if there is one.`,
  fresh: 'Begin fresh',
  freshHint: 'Empty logs, beside those of earlier clusters. Nothing is deleted.',

  rules: 'Rules of Raft',
  allOn: 'all on',
  someOff: rulesOff,
  rulesHint: 'Tick one to switch it off from the start, and see which promise breaks.',
  ruleOff: 'Off:',
  rulePromise: 'Promise:',
  isOff: (id: string): string => `${id} is off`,

  more: 'More',
  moreShort: 'first voters, snapshots',
  voters: 'First voters',
  allVote: 'all',
  votersHint: 'The other nodes run and wait until they are added as members. Only for fresh logs.',
  snapshotEvery: 'Snapshot every',
  retain: 'Entries kept',
  allKept: 'all',
  entriesHint: 'Entries. Empty: the lab’s own; what is kept can be changed while the cluster runs.',

  worldBadge: 'Simulated',
  worldBadgeLong: (seed: number | null): string =>
    `Virtual time on simulated network and disks.${seed === null ? '' : ` Seed ${seed}.`}`,
  seedShort: (seed: number): string => `seed ${seed}`,
  play: 'Let time pass',
  hold: 'Hold time',
  step: 'One event',
  speed: 'Speed of simulated time',
  speedOf: (speed: number): string => `${speed}×`,
};
