/**
 * Words that log lines share: rules with their sections, ranges, reasons.
 */
import { nanosecondsPerMillisecond } from '../duration.ts';
import { rules, type RuleId } from '../rules.ts';

/** `§5.4.1` of the extended paper, `D§6.4` of the dissertation. */
export function sectionLabel(rule: RuleId): string {
  const { section } = rules[rule];
  return section.startsWith('D') ? `D§${section.slice(1)}` : `§${section}`;
}

/** ` [§5.4.1 up-to-date-vote]`, with the space before it; empty without a rule. */
export function ruleTag(rule: RuleId | undefined): string {
  return rule === undefined ? '' : ` [${sectionLabel(rule)} ${rule}]`;
}

/** `: reason`, or nothing where there is none. */
export function because(reason: string): string {
  return reason === '' ? '' : `: ${reason}`;
}

/** ` (reason)`, or nothing where there is none. */
export function inBrackets(reason: string): string {
  return reason === '' ? '' : ` (${reason})`;
}

/** `5` or `5–7`. */
export function span(first: number, last: number): string {
  return first === last ? String(first) : `${first}–${last}`;
}

/** `1 entry`, `2 entries`. */
export function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** Enough of an id to tell it from its neighbours. */
export function shortId(id: string): string {
  return id.slice(0, 8);
}

/** `0.84 ms`, `12.3 ms`, `231 ms`: three digits that matter. */
export function millisecondsText(durationNs: number): string {
  const ms = durationNs / nanosecondsPerMillisecond;
  const digits = ms < 10 ? 2 : ms < 100 ? 1 : 0;
  return `${ms.toFixed(digits)} ms`;
}
