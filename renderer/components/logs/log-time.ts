/**
 * What the time column says: since the lab started, since the line above, since the chosen line, or the time of day.
 */
import { nanosecondsPerMillisecond } from '../../../shared/duration.ts';
import { formatTime } from '../../../shared/projection/log-line.ts';

export const timeModes = ['start', 'previous', 'active', 'clock'] as const;
export type TimeMode = (typeof timeModes)[number];

interface Timed {
  readonly timeNs: number;
}

export interface TimeOrigins {
  readonly previous: Timed | undefined;
  readonly active: Timed | undefined;
  /** The time of day at which the stream's clock was 0, milliseconds since 1970. */
  readonly startedAtMs: number;
}

/** `+12.345678 s` to the millisecond and without its unit, where there is little room: `+12.345`; a time of day to the millisecond. */
export function shortTime(time: string): string {
  return time.endsWith(' s') ? time.slice(0, -'678 s'.length) : time.slice(0, -'678'.length);
}

/** The times of servers are not their merged order: a difference may be negative. */
export function timeText(mode: TimeMode, { timeNs }: Timed, { previous, active, startedAtMs }: TimeOrigins): string {
  if (mode === 'previous') return formatTime(previous ? timeNs - previous.timeNs : 0);
  if (mode === 'active' && active) return formatTime(timeNs - active.timeNs);
  if (mode === 'clock') return timeOfDay(startedAtMs + timeNs / nanosecondsPerMillisecond);
  return formatTime(timeNs);
}

/** `14:03:59.123456`. The page's clock does not know microseconds, but tells lines of one millisecond apart. */
function timeOfDay(ms: number): string {
  const date = new Date(ms);
  const two = (value: number): string => `${value}`.padStart(2, '0');
  const micros = Math.floor((((ms % 1_000) + 1_000) % 1_000) * 1_000);
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}.${`${micros}`.padStart(6, '0')}`;
}
