/** What can be typed next into the field of log directives. */
import type { LogThreshold } from '../../../shared/log-directives.ts';
import { logLevels, logTargets, type LogTarget } from '../../../shared/projection/log-line.ts';

export interface Completion {
  /** What stands in the field when it is taken. */
  readonly value: string;
  /** The part that it adds. */
  readonly label: string;
  readonly level?: LogThreshold;
  readonly target?: LogTarget;
}

const thresholds: readonly LogThreshold[] = [...logLevels, 'off'];

/** For the text before the caret; what is behind it stays. Empty where nothing more fits. */
export function completionsFor(text: string, caret: number): readonly Completion[] {
  const start = Math.max(text.lastIndexOf(',', caret - 1), -1) + 1;
  const begun = text.slice(start, caret).trimStart().toLowerCase();
  const head = text.slice(0, start);
  const tail = text.slice(caret).replace(/^[^,]*/, '');
  const put = (part: string): string => `${head}${part}${tail}`;
  const [name = '', level] = begun.split('=');
  if (level !== undefined) {
    return thresholds
      .filter((each) => each.startsWith(level))
      .map((each) => ({ value: put(`${name}=${each}`), label: `${name}=${each}`, level: each }));
  }
  const levels = thresholds
    .filter((each) => each.startsWith(name))
    .map((each) => ({ value: put(each), label: each, level: each }));
  const targets = logTargets
    .filter((each) => each.startsWith(name))
    .map((each) => ({ value: put(`${each}=`), label: `${each}=`, target: each }));
  return [...levels, ...targets];
}
