/**
 * Which lines a list of the logs shows, and how a line is read when it may be a hole in the stream.
 */
import type { NodeId } from '../../shared/ids.ts';
import { levelRank, logLevelOf, searchTextOf, subjectOf, type LogLevel } from '../../shared/projection/log-line.ts';
import type { LogFilter } from './filtered-log.ts';
import type { LogItem } from './log-buffer.ts';

export interface LogCriteria {
  /** This level and the rarer ones. */
  readonly level: LogLevel;
  /** Only lines about this server (`labSourceId` for the lab's own); null for all. */
  readonly node: NodeId | null;
  /** Undefined lets every text through. */
  readonly matches: ((line: string) => boolean) | undefined;
}

/** Cheapest test first: the text of a line is made only for lines that pass the others. A gap is shown wherever a line may be missing. */
export function makeLogFilter({ level, node, matches }: LogCriteria): LogFilter {
  const rank = levelRank(level);
  return (item) =>
    item.type === 'gap'
      ? item.level === 'warn' || levelRank(item.level) <= rank
      : levelRank(logLevelOf(item)) <= rank &&
        (node === null || subjectOf(item) === node) &&
        (matches === undefined || matches(searchTextOf(item)));
}

export function levelOfItem(item: LogItem): LogLevel {
  return item.type === 'gap' ? item.level : logLevelOf(item);
}

/** The server that a click on the line selects, or null when it is about none. */
export function nodeOfItem(item: LogItem): NodeId | null {
  if (item.type === 'gap') return null;
  const subject = subjectOf(item);
  return subject < 0 ? null : subject;
}
