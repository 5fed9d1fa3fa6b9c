/**
 * What a log line is made of: its level, its target, and how each type of event is described.
 */
import type { EventBody, EventOf, EventType } from '../event.ts';

/** From the rarest to the most frequent: a level shows itself and everything before it. */
export const logLevels = ['error', 'warn', 'info', 'debug', 'trace'] as const;

/**
 * - `error`: something is broken (a disk, a promise of our own code).
 * - `warn`: something was refused or failed, as the protocol allows.
 * - `info`: what a person follows: roles, elections, commits, requests, faults.
 * - `debug`: how it gets there: appends, progress, flushes.
 * - `trace`: every datagram and timer.
 */
export type LogLevel = (typeof logLevels)[number];

/** Which part of the system speaks. */
export const logTargets = ['raft', 'net', 'disk', 'node', 'client', 'lab', 'faults', 'check'] as const;
export type LogTarget = (typeof logTargets)[number];

export interface LogLine {
  readonly level: LogLevel;
  readonly target: LogTarget;
  /** One line. A rule stands at its end as `[§5.4.1 up-to-date-vote]` (see `splitRuleTag`). */
  readonly text: string;
}

/** How one type of event reads. Level and target are known without making the text: filters ask for them alone. */
export interface Describer<Type extends EventType> {
  readonly target: LogTarget;
  readonly level: LogLevel | ((event: EventOf<Type>) => LogLevel);
  readonly text: (event: EventOf<Type>) => string;
}

/** A describer for each type of event in `Body`: one that was forgotten is a compile error. */
export type Describers<Body extends EventBody> = { readonly [Type in Body['type']]: Describer<Type> };
