/** Finds what became of a datagram in the lab's store: its number rises with the stream, so its sending is found by halving. */
import type { SendQuery } from '../../../shared/bridge.ts';
import type { EventOf, EventType, LabEvent } from '../../../shared/event.ts';
import type { PlacedEvent } from '../../../shared/query.ts';
import { fail, succeed, type Result } from '../../../shared/result.ts';
import type { Selection } from '../../stores/selection.ts';

export type DatagramName = Omit<Extract<Selection, { kind: 'datagram' }>, 'kind'>;

export interface DatagramLife {
  readonly sent: EventOf<'datagram-sent'>;
  /** Its sending, what faults did to it, its reception or loss; then the same of its answer. */
  readonly events: readonly PlacedEvent[];
  readonly fate: 'received' | 'dropped' | 'unknown';
  /** The datagram that answers it, or that it answers. */
  readonly answer: DatagramName | undefined;
}

/** Of one sender: so many events hold one to the wanted receiver, or it is looked for one by one. */
const pageEvents = 64;
/** How far behind its sending its reception is looked for: events of the receiver. */
const fateEvents = 4_000;

export async function findDatagram(query: SendQuery, name: DatagramName): Promise<Result<DatagramLife>> {
  const bounds = await query({ type: 'bounds' });
  if (!bounds.ok) return bounds;
  const sent = await findSent(query, name, bounds.value.firstPosition, bounds.value.endPosition);
  if (sent?.event.type !== 'datagram-sent') return fail('compacted', 'Its sending is not held any more.');
  const ends = await fateOf(query, name, sent.position);
  const received = ends.find(({ event }) => event.type === 'datagram-received');
  const answer = received && (await findAnswer(query, sent.event, received.position));
  const answerEnds = answer ? await fateOf(query, answer.name, answer.placed.position) : [];
  const isDropped = ends.some(({ event }) => event.type === 'datagram-dropped');
  return succeed({
    sent: sent.event,
    events: [sent, ...ends, ...(answer ? [answer.placed, ...answerEnds] : [])],
    fate: received ? 'received' : isDropped ? 'dropped' : 'unknown',
    answer: answer?.name,
  });
}

async function findSent(
  query: SendQuery,
  { from, fromBoot, to, datagram }: DatagramName,
  first: number,
  end: number,
): Promise<PlacedEvent | undefined> {
  let [low, high] = [first, end];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const page = await eventsFrom(query, middle, ['datagram-sent'], from, pageEvents);
    const at = page.find(({ event }) => event.type === 'datagram-sent' && event.to === to);
    if (at?.event.type !== 'datagram-sent' || at.position >= high) {
      // None between here and there: it is before, or among those few.
      if (page.length === pageEvents && at === undefined) low = (page.at(-1)?.position ?? low) + 1;
      else high = middle;
      continue;
    }
    const order = at.event.boot - fromBoot || at.event.datagram - datagram;
    if (order === 0) return at;
    if (order < 0) low = at.position + 1;
    else high = middle;
  }
  return undefined;
}

const fates: readonly EventType[] = ['datagram-received', 'datagram-faulted', 'datagram-dropped'];

/** What its receiver tells of it. */
async function fateOf(query: SendQuery, name: DatagramName, position: number): Promise<readonly PlacedEvent[]> {
  const told = await eventsFrom(query, position, fates, name.to, fateEvents);
  return told.filter(({ event }) => isOf(event, name));
}

function isOf(event: LabEvent, { from, fromBoot, datagram }: DatagramName): boolean {
  return 'fromBoot' in event && 'datagram' in event
    ? event.from === from && event.fromBoot === fromBoot && event.datagram === datagram
    : false;
}

/** A reply has the uuid of its call. */
async function findAnswer(
  query: SendQuery,
  call: EventOf<'datagram-sent'>,
  received: number,
): Promise<{ readonly placed: PlacedEvent; readonly name: DatagramName } | undefined> {
  const sendings = await eventsFrom(query, received, ['datagram-sent'], call.to, fateEvents);
  const placed = sendings.find(
    ({ event }) => event.type === 'datagram-sent' && event.to === call.node && event.uuid === call.uuid,
  );
  if (placed?.event.type !== 'datagram-sent') return undefined;
  const { node: from, boot: fromBoot, to, datagram } = placed.event;
  return { placed, name: { from, fromBoot, to, datagram } };
}

async function eventsFrom(
  query: SendQuery,
  from: number,
  types: readonly EventType[],
  node: number,
  limit: number,
): Promise<readonly PlacedEvent[]> {
  const answer = await query({ type: 'events', from, filter: { types: [...types], nodes: [node] }, limit });
  if (!answer.ok) return [];
  const { events, positions } = answer.value;
  return events.map((event, place) => ({ event, position: positions[place] ?? from }));
}
