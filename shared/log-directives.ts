/**
 * Which log lines are wanted, as people write it: `info`, `raft=debug,net=trace`, `warn,disk=debug`. Pure.
 */
import type { EventType, LabEvent } from './event.ts';
import { fixedLevelOf, levelRank, logLevelOf, logLevels, logTargetOfType, logTargets } from './projection/log-line.ts';
import type { LogLevel, LogTarget } from './projection/log-line.ts';
import { fail, succeed, type Result } from './result.ts';

/** The rarest lines that are left out begin behind this level; `off` leaves all of them out. */
export type LogThreshold = LogLevel | 'off';

/** What is wanted of each target. */
export type LogDirectives = Readonly<Record<LogTarget, LogThreshold>>;

const defaultThreshold: LogThreshold = 'info';

/**
 * Reads directives: a level for everything, and levels for targets, separated by commas. A target without a level shows all
 * that it has. What no directive speaks of stays at `info`; `off,raft=debug` shows `raft` and nothing else. Of two that
 * contradict each other the later one counts. Case does not matter.
 * @returns `invalid` with a sentence for a level or a target that there is not
 */
export function parseLogDirectives(text: string): Result<LogDirectives> {
  const named = new Map<LogTarget, LogThreshold>();
  let rest = defaultThreshold;
  for (const directive of text.split(',').map((part) => part.trim().toLowerCase())) {
    const [name = '', level, ...more] = directive.split('=').map((part) => part.trim());
    if (directive === '') continue;
    if (level === undefined && isThreshold(name)) rest = name;
    else if (!isTarget(name)) return fail('invalid', describeStranger(directive, name, level));
    else if (more.length > 0 || !isThreshold(level ?? 'trace')) return fail('invalid', noLevel(directive, level));
    else named.set(name, isThreshold(level) ? level : 'trace');
  }
  const wanted = logTargets.map((target) => [target, named.get(target) ?? rest] as const);
  return succeed(Object.fromEntries(wanted) as Record<LogTarget, LogThreshold>);
}

function describeStranger(directive: string, name: string, level: string | undefined): string {
  const levels = [...logLevels, 'off'].join(', ');
  const targets = logTargets.join(', ');
  if (level !== undefined) return `There is no log target "${name}" (in "${directive}"). The targets are: ${targets}.`;
  return `"${name}" is neither a log level (${levels}) nor a log target (${targets}).`;
}

function noLevel(directive: string, level: string | undefined): string {
  return `There is no log level "${level ?? ''}" (in "${directive}"). The levels are: ${[...logLevels, 'off'].join(', ')}.`;
}

function isThreshold(text: string | undefined): text is LogThreshold {
  return text === 'off' || logLevels.some((level) => level === text);
}

function isTarget(text: string): text is LogTarget {
  return logTargets.some((target) => target === text);
}

/** Says of events whether they are wanted, before a line is made of them. */
export class LogFilter {
  readonly #directives: LogDirectives;
  /** By type: wanted always or never; undefined where it depends on the event. */
  readonly #byType = new Map<EventType, boolean | undefined>();

  constructor(directives: LogDirectives) {
    this.#directives = directives;
  }

  wants(event: LabEvent): boolean {
    return this.#verdictOn(event.type) ?? this.#shows(logTargetOfType(event.type), logLevelOf(event));
  }

  /** False when no event of this type is wanted, whatever it says. */
  mayWant(type: EventType): boolean {
    return this.#verdictOn(type) ?? true;
  }

  #verdictOn(type: EventType): boolean | undefined {
    const known = this.#byType.get(type);
    if (known !== undefined || this.#byType.has(type)) return known;
    const verdict = this.#judge(logTargetOfType(type), fixedLevelOf(type));
    this.#byType.set(type, verdict);
    return verdict;
  }

  #judge(target: LogTarget, level: LogLevel | undefined): boolean | undefined {
    if (level !== undefined) return this.#shows(target, level);
    return this.#directives[target] === 'off' ? false : undefined;
  }

  #shows(target: LogTarget, level: LogLevel): boolean {
    const threshold = this.#directives[target];
    return threshold !== 'off' && levelRank(level) <= levelRank(threshold);
  }
}
