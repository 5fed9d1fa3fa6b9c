/** All fields of an event, a line each, as a person reads them; and what else it speaks of. */
import type { LabEvent } from '../../../shared/event.ts';
import { labSourceId } from '../../../shared/ids.ts';
import { subjectOf } from '../../../shared/projection/log-line.ts';
import { millisecondsText } from '../../../shared/projection/log-line-words.ts';
import type { Selection } from '../../stores/selection.ts';
import { text } from '../../text/details.ts';

export interface Field {
  readonly name: string;
  readonly value: string;
}

/** Who reported it and when is said elsewhere; so is the rule. */
const saidElsewhere = new Set(['node', 'boot', 'sequence', 'timeNs', 'lamport', 'type', 'rule']);
/** A list or text longer than this is cut. */
const valueCharsMax = 400;

export function fieldsOf(event: LabEvent): readonly Field[] {
  return Object.entries(event).flatMap(([name, value]) => (saidElsewhere.has(name) ? [] : fieldsIn(name, value)));
}

/** What is in a field that has fields has a path: `message.term`. */
function fieldsIn(name: string, value: unknown): readonly Field[] {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return Object.entries(value).flatMap(([inner, held]) => fieldsIn(`${name}.${inner}`, held));
  }
  if (value === undefined || value === '') return [];
  return [{ name, value: valueText(name, value) }];
}

function valueText(name: string, value: unknown): string {
  if (typeof value === 'number') {
    const isDuration = name.endsWith('Ns') && !name.endsWith('deadlineNs');
    return isDuration ? millisecondsText(value) : value.toLocaleString('en', { maximumFractionDigits: 3 });
  }
  const words = typeof value === 'string' ? value : JSON.stringify(value);
  return words.length > valueCharsMax ? `${words.slice(0, valueCharsMax)}…` : words;
}

export interface Link {
  readonly words: string;
  readonly selection: Selection;
}

/** What it speaks of and can be selected. */
export function linksOf(event: LabEvent): readonly Link[] {
  const subject = subjectOf(event);
  const links: Link[] =
    subject === labSourceId ? [] : [{ words: text.nodeLink(subject), selection: { kind: 'node', node: subject } }];
  if ('datagram' in event && event.datagram > 0) links.push(...datagramLink(event));
  if ('requestId' in event) {
    links.push({
      words: text.requestLink(event.requestId),
      selection: { kind: 'request', requestId: event.requestId },
    });
  }
  return [
    ...links,
    ...entriesOf(event).map(
      (index) => ({ words: text.entryLink(index), selection: { kind: 'entry', index } }) as const,
    ),
  ];
}

function datagramLink(event: Extract<LabEvent, { datagram: number }>): readonly Link[] {
  const { datagram, node } = event;
  const ends =
    event.type === 'datagram-sent' || event.type === 'send-failed'
      ? { from: node, fromBoot: event.boot, to: event.to }
      : { from: event.from, fromBoot: event.fromBoot, to: node };
  return [{ words: text.datagramLink(ends.from, ends.to), selection: { kind: 'datagram', ...ends, datagram } }];
}

/** First and last of the entries that it is about. */
function entriesOf(event: LabEvent): readonly number[] {
  switch (event.type) {
    case 'entries-appended':
      return ends(event.firstIndex, event.lastIndex);
    case 'entries-truncated':
      return ends(event.fromIndex, event.lastIndex);
    case 'commit-advanced':
      return ends(event.from + 1, event.to);
    case 'entries-applied':
      return ends(event.from, event.to);
    case 'entries-persisted':
      return ends(event.lastIndex, event.lastIndex);
    case 'commit-held':
    case 'configuration-changed':
    case 'request-repeated':
      return ends(event.index, event.index);
    case 'request-answered':
      return event.outcome.kind === 'appended' ? ends(event.outcome.firstIndex, event.outcome.lastIndex) : [];
    default:
      return [];
  }
}

function ends(first: number, last: number): readonly number[] {
  return [...new Set([first, last])].filter((index) => index > 0);
}
