/** Text of the details and of answers to "why?". */
import type { EntryKind } from '../../shared/log-entry.ts';
import type { RequestOutcome } from '../stores/request-record.ts';
import type { DatagramFaultAct } from '../../shared/event.ts';

const number = new Intl.NumberFormat('en');

const kinds: Record<EntryKind, string> = {
  client: 'A client’s entry',
  noop: 'No-op of a new leader',
  configuration: 'Configuration',
  session: 'Opens a client session',
  retention: 'Retention',
};

const outcomes: Record<RequestOutcome, string> = {
  waiting: 'No answer yet: nobody knows so far whether it takes effect.',
  ok: 'It was answered, so it took effect.',
  refused: 'It was refused, and has had no effect, for sure.',
  unknown: 'Its outcome is unknown: no answer came, and it may have taken effect, or still do so.',
};

const acts: Record<DatagramFaultAct, string> = {
  delayed: 'delayed',
  reordered: 'held back',
  duplicated: 'doubled',
  corrupted: 'damaged',
};

export const text = {
  title: 'Details',
  back: 'Back to what was selected before',
  noneTitle: 'Nothing is selected',
  noneText: 'Choose something in any pane, and everything that is known of it stands here:',
  choices: [
    'a node: its state, and why it has its role',
    'an entry of a log: its bytes, its life, and why it is not committed',
    'a link, or a datagram on its way',
    'a client’s request, or an event of the logs',
  ],
  why: 'Why?',
  whyRole: 'Why this role?',
  whyNotCommitted: 'Why isn’t it committed?',
  whyOf: (id: number): string => `Why has node ${id} this role?`,
  restsOn: 'The events that this rests on',
  notHeldTitle: 'This event is not held any more',
  notHeld: (words: string): string =>
    `${words.charAt(0).toUpperCase()}${words.slice(1)}: the lab keeps the latest events only.`,
  loading: 'Looking it up …',
  failed: 'The lab’s store does not answer',
  showMoment: 'Show this moment',
  showMomentLong: 'Show the cluster as it was right after this event',

  node: (id: number): string => `Node ${id}`,
  nodeGone: (id: number): string => `The cluster has no node ${id}.`,
  log: 'Log',
  state: 'State',

  entry: (index: number): string => `Entry ${number.format(index)}`,
  bytes: 'Bytes',
  size: (count: number): string => `${number.format(count)} ${count === 1 ? 'byte' : 'bytes'}`,
  kind: 'kind',
  kindName: (kind: EntryKind): string => kinds[kind],
  expects: 'only if',
  expectsLast: (index: number, term: number): string =>
    index === 0 ? 'there is no client entry yet' : `the last client entry is ${number.format(index)} of term ${term}`,
  session: 'session',
  sessionOf: (id: number, sequence: number): string => `${number.format(id)}, request ${number.format(sequence)}`,
  batch: 'request',
  batchPart: 'part of a request of several entries',
  members: 'members',
  keeps: 'keeps',
  keepsAll: 'every entry',
  keepsLast: (count: number): string => `the last ${number.format(count)} entries`,
  asText: 'Text',
  asHex: 'Hex',
  showAs: 'Show the bytes as',
  noBytes: 'It has no bytes of its own.',
  cut: (shown: number, all: number): string => `${number.format(shown)} of ${number.format(all)} bytes are shown.`,
  heldBy: (id: number): string => `as node ${id} holds it now`,
  otherNow: (term: number): string => `An entry of term ${term} stands there by now; these are its bytes.`,
  noHolder: 'No node that runs holds it, so its bytes can’t be read.',
  life: 'Life',
  lifeEmpty: 'Nothing is known of it: what happened to it is not held any more.',
  committedIn: (latency: string): string => `Committed ${latency} after it was proposed`,
  places: 'In each log',
  showInMatrix: (id: number): string => `Show in the log of node ${id}`,
  asked: (id: string): string => `asked for by request ${id}`,
  askedInVain: (id: string, code: string): string => `request ${id} ended: ${code}`,
  answered: (id: string, latency: string): string => `request ${id} answered, after ${latency}`,
  proposed: (term: number, reason: string): string =>
    reason.startsWith('from ') ? `proposed in term ${term}, ${reason}` : `appended in term ${term}: ${reason}`,
  taken: 'taken from the leader',
  onDisk: (flush: string): string => `on disk (flush ${flush})`,
  committedBy: (reason: string): string => `committed: ${reason}`,
  learnedCommit: 'learned that it is committed',
  applied: 'applied',
  removed: (reason: string): string => `removed: ${reason}`,
  held: (reason: string): string => `commit held: ${reason}`,

  datagram: (from: number, to: number, id: number): string => `Datagram ${from} → ${to}, no. ${number.format(id)}`,
  datagramLink: (from: number, to: number): string => `datagram ${from} → ${to}`,
  fate: 'fate',
  fateReceived: (latency: string): string => `received after ${latency}`,
  fateDropped: (rule: string): string => `dropped by the fault “${rule}”`,
  fateUnknown: 'not received so far: lost, on its way, or its receiver is down',
  act: (act: DatagramFaultAct, rule: string, delay: string): string =>
    delay === '' ? `${acts[act]} by “${rule}”` : `${acts[act]} by ${delay}, “${rule}”`,
  uuid: 'uuid',
  answer: 'answer',
  part: 'part',
  partOf: (index: number, count: number): string => `${index + 1} of ${count}`,
  path: 'Path',

  request: (id: string): string => `Request ${id}`,
  requestLink: (id: string): string => `request ${id}`,
  requestGone: 'This request is not held any more: the page keeps the latest ones.',
  outcome: (outcome: RequestOutcome): string => outcomes[outcome],
  asksFor: 'asks for',
  at: 'at',
  sentAt: 'sent',
  latency: 'latency',
  fateOf: 'fate',
  entries: 'entries',
  message: 'message',
  events: 'Events',
  wasSent: (id: string): string => `request ${id} was sent`,
  wasAnswered: (id: string): string => `request ${id} was answered`,

  event: (position: number): string => `Event ${number.format(position)}`,
  nodeLink: (id: number): string => `node ${id}`,
  entryLink: (index: number): string => `entry ${number.format(index)}`,
  fields: 'Fields',
  rule: 'Rule',
  promise: 'It keeps this promise:',
  stamp: 'Stamp',
  lamport: 'Lamport',
  sequence: 'sequence',
  boot: 'boot',
  time: 'time',
  previous: 'The event before',
  next: 'The event after',

  link: (a: number, b: number): string => `Link ${a} – ${b}`,
  direction: (from: number, to: number): string => `${from} → ${to}`,
  open: 'open',
  isCut: 'cut',
};
