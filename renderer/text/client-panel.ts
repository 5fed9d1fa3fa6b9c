/** Text of the client panel. */
import type { EntryKind } from '../../shared/log-entry.ts';
import type { ReadMode } from '../../shared/client-request.ts';
import type { RequestOutcome } from '../stores/request-record.ts';

const number = new Intl.NumberFormat('en');

function bytes(count: number): string {
  return `${number.format(count)} ${count === 1 ? 'byte' : 'bytes'}`;
}

function entries(count: number): string {
  return `${number.format(count)} ${count === 1 ? 'entry' : 'entries'}`;
}

const outcomes: Record<RequestOutcome, string> = {
  waiting: 'Waiting',
  ok: 'OK',
  refused: 'Refused',
  unknown: 'Unknown',
};

const outcomeHints: Record<RequestOutcome, string> = {
  waiting: 'No answer yet.',
  ok: 'It was answered.',
  refused: 'It had no effect, for sure.',
  unknown: 'No answer came: it may have taken effect, or still do so.',
};

const reads: Record<ReadMode, string> = { linearizable: 'Linearizable', lease: 'Lease', local: 'Local' };

const readHints: Record<ReadMode, string> = {
  linearizable: 'Sees every append that was answered before; a majority confirms the leader first.',
  lease: 'The same without asking the majority, while the leader’s lease lasts and clocks run about alike.',
  local: 'What this node has applied: needs no leader, may be stale.',
};

const kinds: Record<EntryKind, string> = {
  client: 'client',
  noop: 'no-op',
  configuration: 'config',
  session: 'session',
  retention: 'retention',
};

export const text = {
  title: 'Client',
  node: 'Ask',
  nodeLeads: (name: string): string => `${name} (leads)`,
  nodeIs: (name: string, status: string): string => `${name} (${status.toLowerCase()})`,
  noNode: 'No cluster',
  forwards: 'It passes appends on to the leader.',
  tabs: 'Request',
  waitingFor: (node: string): string => `${node} has not answered yet.`,
  append: 'Append',
  range: 'Range',
  load: 'Load',
  runs: 'runs',
  goAppend: 'Append entries …',
  goRange: 'Read a range …',
  goLoad: 'Clients that ask by themselves …',
  stopLoad: 'Stop the load',

  entries: 'Entries, one per line',
  oneEntry: 'Entry',
  entriesPlaceholder: 'foo',
  asOneEntry: 'All as one entry',
  size: (count: number, size: number): string => `${entries(count)}, ${bytes(size)}`,
  submitHint: 'Ctrl or ⌘ and Enter',
  onlyIf: 'Only if the last client entry is',
  index: 'Index',
  term: 'Term',
  useLatest: (index: number, term: number): string => `Use the latest seen: ${index} of term ${term}`,
  useLatestNone: 'Use 0 of term 0: none seen yet',
  useActual: (index: number, term: number): string => `Expect ${index} of term ${term} instead`,
  nothingToAppend: 'Type at least one entry.',
  entryTooLarge: (place: number, size: number, max: number): string =>
    `Entry ${number.format(place)} has ${bytes(size)}; one entry holds up to ${number.format(max)}. Split it.`,
  notWhole: (name: string, max: number): string => `${name} must be a whole number from 0 to ${max}.`,
  appended: (first: number, last: number): string =>
    first === last ? `Committed at index ${first}` : `Committed at indexes ${first}–${last}`,

  start: 'Start',
  end: 'End',
  read: 'Read',
  readName: (read: ReadMode): string => reads[read],
  readHint: (read: ReadMode): string => readHints[read],
  includeInternal: 'Also internal and refused entries',
  startAfterEnd: (start: number, end: number): string =>
    `The range starts at ${start}, after its end at ${end}. Give the smaller index first.`,
  entriesRead: (count: number): string => (count === 0 ? 'No entries in this range' : entries(count)),
  appliedUpTo: (node: string, index: number): string => `${node} has applied up to ${index}.`,
  continueAt: (upTo: number, next: number): string => `Answered up to ${upTo}; more from ${next}.`,
  goOn: (next: number): string => `Go on at ${next}`,
  tableLabel: 'Entries of the range',
  kind: 'Kind',
  payload: 'Payload',
  kindName: (kind: EntryKind): string => kinds[kind],
  refusedEntry: 'refused',
  refusedEntryHint: 'Its expectation failed when it was applied: it is in the log without effect.',
  noPayload: 'empty',
  asHex: 'Hex',
  asHexHint: 'Show payloads as hexadecimal bytes',
  notText: 'Not UTF-8 text: shown as hexadecimal bytes.',
  cut: (shown: number, size: number): string => `${number.format(shown)} of ${bytes(size)} shown.`,
  bytes,

  outcome: (outcome: RequestOutcome): string => outcomes[outcome],
  outcomeHint: (outcome: RequestOutcome): string => outcomeHints[outcome],

  history: 'History',
  historyOfHand: 'By hand',
  historyOfLoad: 'Load',
  historyShown: 'Whose requests are shown',
  historyLoadEmpty: 'The latest requests of the load appear here.',
  showEntry: (index: number): string => `Show the entry at index ${index}`,
  fromFile: 'From a file …',
  fromFileHint: 'Each line of the file becomes an entry; or all of it one, if that is ticked.',
  fileRead: (name: string, count: number, size: number): string => `${name}: ${entries(count)}, ${bytes(size)}`,
  fileForget: 'Type them instead',
  fileUnreadable: (name: string, why: string): string => `${name} could not be read: ${why}`,
  fileTooLarge: (name: string, size: number, max: number): string =>
    `${name} has ${bytes(size)}; a file may have up to ${number.format(max)}. Append it in parts.`,
  times: 'Times',
  timesHint: 'Appends the same so often, one request after the other.',
  sentParts: (done: number, all: number): string => `${number.format(done)} of ${number.format(all)} appends answered`,
  stopAppending: 'Stop',
  historyEmpty: 'Requests appear here, from every page of this lab.',
  appendOf: (count: number, preview: string): string =>
    count === 1 ? `append “${preview}”` : `append ${entries(count)} “${preview}”`,
  rangeOf: (start: number, end: number): string => `range ${start}..${end}`,
  unknownRequest: 'request',
  expecting: (index: number, term: number): string => `if the last is ${index} of term ${term}`,
  at: (first: number, last: number): string => (first === last ? `index ${first}` : `index ${first}–${last}`),
  got: (count: number, applied: number): string => `${entries(count)}, applied to ${applied}`,
  repeat: 'Repeat',
  repeatImpossible: 'Only the beginning of this append is known here, so it cannot be repeated.',
};
