/** Text of the logs. */
import type { LogGap } from '../stores/log-buffer.ts';
import type { LogLevel } from '../../shared/projection/log-line.ts';

const levels: Record<LogLevel, string> = {
  error: 'Errors only',
  warn: 'Warnings',
  info: 'Info',
  debug: 'Debug',
  trace: 'Trace',
};

const levelHints: Record<LogLevel, string> = {
  error: 'broken disks and broken promises',
  warn: 'and what was refused or failed',
  info: 'and roles, elections, commits, requests, faults',
  debug: 'and appends, progress, flushes',
  trace: 'and every datagram and timer',
};

const number = new Intl.NumberFormat('en');

function lines(count: number): string {
  return `${number.format(count)} ${count === 1 ? 'line' : 'lines'}`;
}

function events(count: number): string {
  return `${number.format(count)} ${count === 1 ? 'event is' : 'events are'}`;
}

export const text = {
  title: 'Logs',
  count: (shown: number, held: number): string =>
    shown === held ? number.format(held) : `${number.format(shown)} of ${number.format(held)}`,
  countHint: 'Lines shown, of the lines that the page holds',
  layout: 'Arrangement',
  merged: 'Merged by time',
  columns: 'A column per node',
  level: 'Level',
  levelOfColumn: (source: string): string => `Level of ${source}`,
  levelName: (level: LogLevel): string => levels[level],
  levelHint: (level: LogLevel): string => levelHints[level],
  node: 'Node',
  allNodes: 'All nodes',
  lab: 'Lab',
  filter: 'Filter',
  filterPlaceholder: 'Filter: text or /regex/',
  filterClear: 'Clear the filter',
  filterProblem: (reason: string): string => `Not a filter yet: ${reason}`,
  time: 'Time',
  timeSinceStart: 'Since start',
  timeSincePrevious: 'Since line above',
  timeSinceActive: 'Since chosen line',
  previousError: 'Previous error (Shift+E)',
  nextError: 'Next error (E)',
  noErrors: 'No errors in the logs',
  errors: (count: number): string => (count === 1 ? '1 error' : `${number.format(count)} errors`),
  noFurtherError: 'No further error among the lines shown.',
  copyAll: 'Copy all lines shown',
  copyChosen: (count: number): string => (count === 1 ? 'Copy the chosen line' : `Copy the ${lines(count)} chosen`),
  copied: (count: number): string => `${lines(count)} copied.`,
  copyFailed: 'The system did not give access to the clipboard.',
  pause: 'Pause (new lines are kept)',
  resume: 'Go on',
  newLines: (count: number): string => `${number.format(count)} new`,
  paused: 'Paused',
  clear: 'Clear the logs of this page',
  follow: 'Follow the latest lines (End)',
  listMerged: 'Log lines of all nodes',
  listOf: (source: string): string => `Log lines of ${source}`,
  gap: ({ level, missed }: Pick<LogGap, 'level' | 'missed'>): string =>
    level === 'warn'
      ? `${events(missed)} missing here: the page could not keep up`
      : `${events(missed)} no longer held: above are only info, warnings and errors`,
  emptyTitle: 'Nothing logged yet',
  emptyText: 'Start a cluster: each node says here what it does and why.',
  nothingMatchesTitle: 'No line matches',
  nothingMatchesText: 'Lower the level, or take the filter away.',
  nothingInColumn: 'No lines at this level',
  detail: 'The chosen line',
  closeDetail: 'Close (Escape)',
  rule: 'Rule',
  promise: 'It protects',
};
