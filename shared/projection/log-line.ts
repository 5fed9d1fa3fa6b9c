/**
 * An event as one readable line: level, target and a sentence with the reason, and the rule and its section where a rule
 * decided. Pure; used by the page's logs, plain-text copies and whatever prints a stream.
 */
import { AssertionError } from '../assert.ts';
import type { EventBody, EventType, LabEvent } from '../event.ts';
import { labSourceId, type NodeId } from '../ids.ts';
import { ruleIds, type RuleId } from '../rules.ts';
import { describeBench } from './log-line-bench.ts';
import { describeCore } from './log-line-core.ts';
import { describeHost } from './log-line-host.ts';
import { describeNet } from './log-line-net.ts';
import {
  logLevels,
  type Describer,
  type Describers,
  type LogLevel,
  type LogLine,
  type LogTarget,
} from './log-line-shape.ts';

export { logLevels, logTargets } from './log-line-shape.ts';
export type { Describer, Describers, LogLevel, LogLine, LogTarget } from './log-line-shape.ts';

const describers: Describers<EventBody> = { ...describeCore, ...describeHost, ...describeNet, ...describeBench };

/** Every type of event that there is. */
export const eventTypes = Object.keys(describers) as readonly EventType[];

/** @throws AssertionError for an event of no known type. */
function describerOf(event: LabEvent): Describer<EventType> {
  return findDescriber(event.type) ?? unexpected(event);
}

function findDescriber(type: EventType): Describer<EventType> | undefined {
  // The table's key is the event's own type, which the compiler cannot follow through a union.
  return describers[type] as Describer<EventType> | undefined;
}

function unexpected(event: LabEvent | EventType): never {
  throw new AssertionError(`log line: unexpected event ${JSON.stringify(event)}`);
}

export function describeEvent(event: LabEvent): LogLine {
  return { level: logLevelOf(event), target: logTargetOf(event), text: logTextOf(event) };
}

export function logLevelOf(event: LabEvent): LogLevel {
  const { level } = describerOf(event);
  return typeof level === 'function' ? level(event) : level;
}

export function logTargetOf(event: LabEvent): LogTarget {
  return describerOf(event).target;
}

/** @throws AssertionError for a type that is not known. */
export function logTargetOfType(type: EventType): LogTarget {
  return (findDescriber(type) ?? unexpected(type)).target;
}

/** The level of all events of a type; undefined where it depends on the event, or where the type is not known. */
export function fixedLevelOf(type: EventType): LogLevel | undefined {
  const level = findDescriber(type)?.level;
  return typeof level === 'function' ? undefined : level;
}

export function logTextOf(event: LabEvent): string {
  // Reasons and previews may carry what a client or a stranger's datagram brought along.
  return oneLine(describerOf(event).text(event));
}

/** A text as one line that does nothing to a terminal: line breaks and control characters are shown as signs. */
export function oneLine(text: string): string {
  return controlCharacter.test(text) ? text.replaceAll(lineBreak, '⏎').replaceAll(controlCharacters, '·') : text;
}

const controlCharacter = /\p{Cc}/u;
const controlCharacters = /\p{Cc}/gu;
const lineBreak = /\r?\n/g;

/** 0 for `error` to 4 for `trace`: a filter shows what is at or below its own number. */
export function levelRank(level: LogLevel): number {
  return logLevels.indexOf(level);
}

/** The server that an event is about: the one that reported it, or the one that the lab did something to. */
export function subjectOf(event: LabEvent): NodeId {
  return event.node === labSourceId && 'target' in event ? event.target : event.node;
}

/** `node 2`, or `lab` for what the lab itself reports. */
export function sourceLabel(node: NodeId): string {
  return node === labSourceId ? 'lab' : `node ${node}`;
}

/** Splits `… [§5.4.1 up-to-date-vote]` into the sentence and the rule's tag; the tag is empty where no rule decided. */
export function splitRuleTag(text: string): { readonly sentence: string; readonly tag: string } {
  const start = text.lastIndexOf(' [');
  if (start < 0 || !/^ \[D?§[\d.]+ [a-z-]+\]$/.test(text.slice(start))) return { sentence: text, tag: '' };
  return { sentence: text.slice(0, start), tag: text.slice(start + 1) };
}

/** The rule that a tag names; undefined for none. */
export function ruleOfTag(tag: string): RuleId | undefined {
  const name = tag.slice(tag.indexOf(' ') + 1, -1);
  return ruleIds.find((id) => id === name);
}

/** A time of the stream since the lab started, to the microsecond: `+12.345678 s`. */
export function formatTime(timeNs: number): string {
  const seconds = (Math.abs(timeNs) / 1e9).toFixed(6);
  return `${timeNs < 0 ? '−' : '+'}${seconds} s`;
}

/** The line as text searches see it: source, level, target and text, in the order of the columns. */
export function searchTextOf(event: LabEvent): string {
  return `${sourceLabel(event.node)} ${logLevelOf(event)} ${logTargetOf(event)} ${logTextOf(event)}`;
}

/** The line as plain text, in columns: `+12.345678 s  node 0  info   raft    COMMITS 4 → 5`. */
export function plainLine(event: LabEvent): string {
  return plainLineAt(formatTime(event.timeNs).padStart(14), event);
}

/** The same with the time as the caller writes it. */
export function plainLineAt(time: string, event: LabEvent): string {
  return plainLineOf(time, event.node, describeEvent(event));
}

/** The same from its parts. */
export function plainLineOf(time: string, node: NodeId, { level, target, text }: LogLine): string {
  const source = sourceLabel(node).padEnd(7);
  return `${time}  ${source}  ${level.padEnd(5)}  ${target.padEnd(6)}  ${text}`;
}

/** Lines for the clipboard, each ended by a newline. */
export function plainLines(events: Iterable<LabEvent>): string {
  let text = '';
  for (const event of events) text += `${plainLine(event)}\n`;
  return text;
}
