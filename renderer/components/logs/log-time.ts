/**
 * What the time column says: since the lab started, since the line above, or since the chosen line.
 */
import { formatTime } from '../../../shared/projection/log-line.ts';

export const timeModes = ['start', 'previous', 'active'] as const;
export type TimeMode = (typeof timeModes)[number];

interface Timed {
  readonly timeNs: number;
}

/** `+12.345678 s` to the millisecond and without its unit, where there is little room: `+12.345`. */
export function shortTime(time: string): string {
  return time.slice(0, -'678 s'.length);
}

/** The times of servers are not their merged order: a difference may be negative. */
export function timeText(mode: TimeMode, item: Timed, previous: Timed | undefined, active: Timed | undefined): string {
  if (mode === 'previous') return formatTime(previous ? item.timeNs - previous.timeNs : 0);
  if (mode === 'active' && active) return formatTime(item.timeNs - active.timeNs);
  return formatTime(item.timeNs);
}
