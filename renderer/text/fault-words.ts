/** How a fault is said: what it does, how much, since when, and what it has done so far. */
import type { DelayDistribution, FaultAction } from '../../shared/fault-rule.ts';
import type { DiskSetting } from '../../shared/fault-command.ts';
import type { FaultAct } from '../../shared/projection/fault-acts.ts';
import type { Part } from '../components/members/membership-draft.ts';

const acts: Record<FaultAct, string> = {
  dropped: 'dropped',
  delayed: 'delayed',
  reordered: 'held back',
  duplicated: 'doubled',
  corrupted: 'damaged',
  'flush-delayed': 'flushes delayed',
  'flush-stuck': 'flushes stuck',
  'flush-released': 'flushes released',
  'flush-failed': 'flushes failed',
  'write-refused': 'writes refused',
};

const parts: Record<Part, string> = { voter: 'Voter', learner: 'Learner', none: 'Not a member' };

const distributions: Record<DelayDistribution, string> = {
  uniform: 'evenly spread',
  exponential: 'mostly short',
  pareto: 'mostly short, a few very long',
};

const kinds: Record<FaultAction['kind'], string> = {
  cut: 'Cut',
  drop: 'Loss',
  burst: 'Loss in bursts',
  delay: 'Delay',
  duplicate: 'Duplicates',
  reorder: 'Reordering',
  corrupt: 'Damage',
  bandwidth: 'Bandwidth',
};

function percentWords(partsPerMillion: number): string {
  const percent = Math.abs(partsPerMillion) / 10_000;
  return `${percent.toLocaleString('en')} % ${partsPerMillion > 0 ? 'too fast' : 'too slow'}`;
}

function diskWords(disk: DiskSetting): string {
  switch (disk.kind) {
    case 'sound':
      return 'Sound';
    case 'slow':
      return `Slow: ${disk.minMs}–${disk.maxMs} ms a flush`;
    case 'stuck':
      return 'Stuck: no flush is answered';
    case 'failing':
      return `Failing at the next ${disk.at}`;
    default:
      return 'Full';
  }
}

function actionWords(action: FaultAction): string {
  switch (action.kind) {
    case 'cut':
      return 'cut';
    case 'drop':
      return `${action.percent} % lost`;
    case 'burst':
      return `bursts of loss, ${Math.round(100 / Math.max(action.leavePercent, 0.01))} in a row`;
    case 'delay':
      return action.minMs === action.maxMs ? `${action.minMs} ms late` : `${action.minMs}–${action.maxMs} ms late`;
    case 'duplicate':
      return `${action.percent} % doubled`;
    case 'reorder':
      return `${action.percent} % overtaken, by ${action.byMs} ms`;
    case 'corrupt':
      return `${action.percent} % damaged`;
    default:
      return rateWords(action.bytesPerSecond);
  }
}

function rateWords(bytesPerSecond: number): string {
  return bytesPerSecond >= 1_000 ? `${(bytesPerSecond / 1_000).toLocaleString('en')} kB/s` : `${bytesPerSecond} B/s`;
}

/** On a chip there is room for a figure. */
function figure(action: FaultAction): string {
  switch (action.kind) {
    case 'drop':
    case 'duplicate':
    case 'reorder':
    case 'corrupt':
      return `${action.percent} %`;
    case 'burst':
      return `${action.enterPercent} %`;
    case 'delay':
      return action.minMs === action.maxMs ? `${action.minMs} ms` : `${action.minMs}–${action.maxMs} ms`;
    case 'bandwidth':
      return rateWords(action.bytesPerSecond);
    default:
      return '';
  }
}

function duration(seconds: number): string {
  if (seconds < 60) return `${Math.max(0, Math.floor(seconds))} s`;
  const minutes = Math.floor(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

export const faultWords = {
  member: (part: Part): string => parts[part],
  disk: diskWords,
  clockRate: percentWords,
  clockJump: (byMs: number): string => `Jump ${byMs > 0 ? 'forward' : 'back'} by ${Math.abs(byMs) / 1_000} s`,
  since: (seconds: number): string => `for ${duration(seconds)}`,
  count: (act: FaultAct, count: number): string => `${count.toLocaleString('en')} ${acts[act]}`,
  action: actionWords,
  figure,
  kindName: (kind: FaultAction['kind']): string => kinds[kind],
  distributionName: (distribution: DelayDistribution): string => distributions[distribution],
};
