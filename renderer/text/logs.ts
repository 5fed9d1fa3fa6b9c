/** Text of the logs. */
import type { LogThreshold } from '../../shared/log-directives.ts';
import type { LogLevel, LogTarget } from '../../shared/projection/log-line.ts';
import { sourceLabel } from '../../shared/projection/log-line.ts';
import type { Wanted } from '../log-worker/log-messages.ts';
import type { LogGap } from '../log-worker/log-row-data.ts';

const levels: Record<LogLevel, string> = {
  error: 'Errors only',
  warn: 'Warnings',
  info: 'Info',
  debug: 'Debug',
  trace: 'Trace',
};

const levelHints: Record<LogThreshold, string> = {
  off: 'nothing',
  error: 'broken disks and broken promises',
  warn: 'and what was refused or failed',
  info: 'and roles, elections, commits, requests, faults',
  debug: 'and appends, progress, flushes',
  trace: 'and every datagram and timer',
};

const targetHints: Record<LogTarget, string> = {
  raft: 'the consensus core',
  net: 'datagrams',
  disk: 'what is written, and flushed',
  node: 'the server around the core',
  client: 'requests',
  lab: 'what a person does',
  faults: 'what faults do',
  check: 'broken promises',
};

const notFound: Record<Wanted, string> = {
  error: 'No further error among the lines shown.',
  warn: 'No further warning among the lines shown.',
  match: 'No further match among the lines shown.',
  bookmark: 'No further bookmark.',
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
  layout: 'Arrangement',
  merged: 'Merged by time',
  columns: 'A column per node',
  source: sourceLabel,

  levels: 'Levels',
  levelOfColumn: (source: string): string => `Level of ${source}`,
  levelName: (level: LogThreshold): string => (level === 'off' ? 'Nothing' : levels[level]),
  levelHint: (level: LogThreshold): string => levelHints[level],
  targetHint: (target: LogTarget): string => targetHints[target],
  mixedLevels: 'Mixed',
  directives: 'Levels: one for all, or for each target',
  directivesPlaceholder: 'info,net=trace',
  directivesProblem: (reason: string): string => `Not in force: ${reason}`,
  levelMatrix: 'Levels by node and target',
  levelMatrixHint: 'What differs from all nodes is marked.',
  levelOfCell: (source: string, target: LogTarget): string => `${target} of ${source}`,
  allNodes: 'All nodes',
  everyTarget: 'every target',
  likeAll: (level: LogThreshold): string => `As all nodes: ${level}`,
  takeBack: 'All nodes alike',

  node: 'Node',
  lab: 'Lab',
  filter: 'Filter',
  filterPlaceholder: 'Filter: text or /regex/',
  filterClear: 'Clear the filter',
  filterProblem: (reason: string): string => `Not a filter yet: ${reason}`,
  matches: (count: number): string => (count === 1 ? '1 match' : `${number.format(count)} matches`),
  textMode: 'Lines that do not match',
  hide: 'Hidden',
  mark: 'Shown',
  previousMatch: 'Previous match (Shift+N)',
  nextMatch: 'Next match (N)',

  time: 'Time',
  timeSinceStart: 'Since start',
  timeSincePrevious: 'Since line above',
  timeSinceActive: 'Since chosen line',
  timeOfDay: 'Time of day',

  previousError: 'Previous error (Shift+E)',
  nextError: 'Next error (E)',
  noErrors: 'No errors in the logs',
  errors: (count: number): string => (count === 1 ? '1 error' : `${number.format(count)} errors`),
  notFound: (wanted: Wanted): string => notFound[wanted],

  bookmarks: 'Bookmarks',
  noBookmarks: 'Press M on a line to mark it. Marked lines are shown whatever the filter says.',
  bookmarkLine: 'Mark this line (M)',
  unmarkLine: 'Take the mark away (M)',
  marked: 'Line marked.',
  unmarked: 'Mark taken away.',
  bookmarked: 'bookmarked',
  previousBookmark: 'Previous bookmark (Shift+U)',
  nextBookmark: 'Next bookmark (U)',
  forgetBookmarks: 'Take all marks away',

  more: 'More for the logs',
  copyAll: 'Copy all lines shown',
  copyChosen: (count: number): string => (count === 1 ? 'Copy the chosen line' : `Copy the ${lines(count)} chosen`),
  copied: (count: number): string => `${lines(count)} copied.`,
  copyLeftOut: (count: number): string => `The ${lines(count)} before them are too many to copy at once.`,
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
  searching: 'Searching…',
  failedTitle: 'The logs have stopped',
  failedText: (reason: string): string => `${reason} Reload the page to begin anew; the lab is not affected.`,
  detail: 'The chosen line',
  closeDetail: 'Close (Escape)',
  rule: 'Rule',
  promise: 'It protects',
  select: {
    node: (label: string): string => label,
    entries: (first: number, count: number): string =>
      count === 1 ? `entry ${first}` : `entries ${first}–${first + count - 1}`,
    datagram: (id: number): string => `datagram #${id}`,
    request: (id: string): string => `request ${id.slice(0, 8)}`,
  },
  showMoment: 'Show this moment',
  shownMoment: 'shown moment',

  actions: {
    group: 'Logs',
    focusFilter: 'Filter the logs',
    focusList: 'Go to the log lines',
    focusLevels: 'Set levels of the logs',
    pause: 'Pause or go on with the logs',
    layout: 'Logs merged or in columns',
    nextError: 'Next error in the logs',
    previousError: 'Previous error in the logs',
    nextMatch: 'Next match in the logs',
    previousMatch: 'Previous match in the logs',
    bookmark: 'Mark the chosen log line',
    nextBookmark: 'Next bookmark in the logs',
    previousBookmark: 'Previous bookmark in the logs',
    copy: 'Copy log lines',
    follow: 'Follow the latest log lines',
    clear: 'Clear the logs of this page',
    textMode: 'Hide or show log lines that do not match',
  },
};
