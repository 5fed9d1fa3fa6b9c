/** Text of the timeline, and of what says that another moment than the present is shown. */
import { labSourceId } from '../../shared/ids.ts';
import type { Landmark, LandmarkKind } from '../../shared/projection/landmarks.ts';
import type { StepGoal } from '../playhead/find-step.ts';
import { text as common } from './common.ts';

/** `820 ms`, `12.4 s`, `3 min 20 s`, `2 h 5 min`. */
function spanText(ns: number): string {
  const seconds = ns / 1e9;
  if (seconds < 0.9995) return `${Math.round(seconds * 1_000)} ms`;
  if (seconds < 59.95) return `${seconds.toFixed(1)} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${Math.floor(seconds % 60)} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

const goals: Record<LandmarkKind, string> = {
  violation: 'Violations',
  leader: 'Leaders',
  bench: 'Runs',
  end: 'Ends of nodes',
  start: 'Starts of nodes',
  fault: 'Faults',
  heal: 'Heals',
  membership: 'Membership',
  election: 'Elections',
  role: 'Changes of role',
  snapshot: 'Snapshots',
};

const ones: Record<LandmarkKind, string> = {
  violation: 'violation',
  leader: 'leader',
  bench: 'run',
  end: 'end of a node',
  start: 'start of a node',
  fault: 'fault',
  heal: 'heal',
  membership: 'change of membership',
  election: 'election',
  role: 'change of role',
  snapshot: 'snapshot',
};

const benches: Partial<Record<Landmark['type'], string>> = {
  'cluster-started': 'Cluster starts',
  'cluster-stopped': 'Cluster stops',
  'scenario-started': 'Scenario begins',
  'scenario-ended': 'Scenario ends',
  'workload-started': 'Workload begins',
  'workload-stopped': 'Workload ends',
};

function landmarkText({ kind, type, node, term, role, faultRule }: Landmark): string {
  const who = node === labSourceId ? 'The lab' : common.node(node);
  switch (kind) {
    case 'violation':
      return `${who}: a promise is broken`;
    case 'leader':
      return `${who} becomes leader of term ${term}`;
    case 'role':
      return `${who} becomes ${role}, term ${term}`;
    case 'election':
      return `${who} runs for term ${term}`;
    case 'start':
      return `${who} starts`;
    case 'end':
      return `${who} ends`;
    case 'fault':
      return `Fault: ${faultRule}`;
    case 'heal':
      return `Healed: ${faultRule}`;
    case 'membership':
      return `${who}: the configuration changes`;
    case 'snapshot':
      return type === 'snapshot-installed' ? `${who} installs a snapshot` : `${who} saves a snapshot`;
    default:
      return benches[type] ?? who;
  }
}

export const text = {
  actsOff: 'You see the past, where nothing can be changed. Go back to the present first (L).',
  title: 'Timeline',
  group: 'Time',
  span: spanText,
  present: 'You see the present',
  liveLong: 'The picture follows the lab. Press on the timeline to see an earlier moment.',
  liveHint: 'To hold the picture:',
  before: (ns: number): string => `${spanText(ns)} ago`,
  ago: (ns: number): string => `You see ${spanText(ns)} ago`,
  lags: (ns: number): string => `The picture lags ${spanText(ns)}`,
  lagsLong: 'The cluster runs on at full speed, and what you do is done at once; the picture shows it later.',
  toPresent: 'Back to the present',
  seeking: 'Looking it up …',
  slider: 'Moment that is shown',
  sliderLive: 'The present',
  sliderPast: (clock: string, ns: number): string => `${clock}, ${spanText(ns)} ago`,
  speed: 'Speed of the picture',
  speedOf: (speed: number): string => (speed < 1 ? `× 1/${Math.round(1 / speed)}` : `× ${speed}`),
  hold: 'Hold the picture',
  play: 'Play on from here',
  playBackwards: 'Play backwards',
  stepOn: 'Next event',
  stepBack: 'Previous event',
  goal: 'What to step to',
  goalOf: (goal: StepGoal): string => {
    if (goal.kind === 'landmark') return goals[goal.landmark];
    return goal.kind === 'error' ? 'Errors' : `Events of node ${goal.node}`;
  },
  next: (goal: StepGoal): string => `Next ${oneOf(goal)}`,
  previous: (goal: StepGoal): string => `Previous ${oneOf(goal)}`,
  nextOfSelected: 'Next event of the selected node',
  previousOfSelected: 'Previous event of the selected node',
  noMore: 'There is no other one that way.',
  faster: 'Picture faster',
  slower: 'Picture slower',
  secondOn: 'A second on',
  secondBack: 'A second back',
  begin: 'To the beginning of the session',
  zoomIn: 'Look closer',
  zoomOut: 'See more of the session',
  zoomAll: 'See all of the session',
  landmark: landmarkText,
  reign: (node: number, term: number): string => `${common.node(node)} leads term ${term}`,
  reignShort: (node: number, term: number): string => `T${term} · node ${node}`,
  reignTiny: (term: number): string => `T${term}`,
  faults: (rules: readonly string[]): string =>
    `Faults: ${rules.slice(0, 3).join(', ')}${rules.length > 3 ? ` and ${rules.length - 3} more` : ''}`,
  more: (count: number): string => `and ${count} more`,
  showEvent: 'Select this event',
  wheelHint: 'Wheel: look closer',
  summary: (leaders: number, elections: number, faults: number, violations: number): string =>
    `${leaders} leaders, ${elections} elections, ${faults} faults, ${violations} violations in this session.`,
};

function oneOf(goal: StepGoal): string {
  if (goal.kind === 'landmark') return ones[goal.landmark];
  return goal.kind === 'error' ? 'error' : `event of node ${goal.node}`;
}
