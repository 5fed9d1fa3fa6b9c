/** A line as the page shows it: plain data, which crosses from the worker. */
import type { NodeId } from '../../shared/ids.ts';
import type { LogLevel, LogTarget } from '../../shared/projection/log-line.ts';
import type { LineAbout } from './line-about.ts';

/** Stands where events are missing: a log never closes over a hole. */
export interface LogGap {
  /** `warn`: the page fell behind, and of any level some are missing. `debug`: only that level and `trace` are, no longer held by the lab. */
  readonly level: 'warn' | 'debug';
  readonly missed: number;
  /** Time of the first line behind the hole. */
  readonly timeNs: number;
}

export interface LogRowData {
  /** 0, 1, 2 … in order of arrival; the same line has the same number for as long as it is held. */
  readonly number: number;
  /** The event's place in the stream; −1 where it is not known, and for a gap. */
  readonly position: number;
  readonly timeNs: number;
  /** Who reports it, and whom it is about. */
  readonly node: NodeId;
  readonly subject: NodeId;
  readonly level: LogLevel;
  readonly target: LogTarget;
  /** Empty for a gap. */
  readonly text: string;
  readonly about: LineAbout;
  readonly gap?: LogGap;
}
