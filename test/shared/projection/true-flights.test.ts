import { describe, expect, it } from 'vitest';
import type { EventBody, LabEvent, MessageSummary } from '../../../shared/event.ts';
import { clientIdOf } from '../../../shared/ids.ts';
import { crossVisibleNs, flightVisibleNs, pictureFlight } from '../../../shared/projection/flights.ts';
import { TrueFlights } from '../../../shared/projection/true-flights.ts';

const vote: MessageSummary = { kind: 'request-vote', round: 1 };
const granted: MessageSummary = { kind: 'request-vote-reply', round: 1, success: true };
const heartbeat: MessageSummary = { kind: 'append-entries', round: 1, entryCount: 0 };
const accepted: MessageSummary = { kind: 'append-entries-reply', round: 1, success: true };

function at(timeNs: number, node: number, body: EventBody): LabEvent {
  return { node, boot: 1, sequence: 1, timeNs, lamport: 1, ...body };
}
function sent(timeNs: number, datagram: number, message = vote, from = 0, to = 1, uuid = `u${datagram}`): LabEvent {
  return at(timeNs, from, { type: 'datagram-sent', to, datagram, uuid, bytes: 80, message });
}
function received(timeNs: number, datagram: number, message = vote, from = 0, to = 1): LabEvent {
  const uuid = `u${datagram}`;
  return at(timeNs, to, { type: 'datagram-received', from, fromBoot: 1, datagram, uuid, bytes: 80, message });
}
function flightsOf(events: readonly LabEvent[]): TrueFlights {
  const flights = new TrueFlights();
  for (const event of events) flights.take(event);
  return flights;
}
const standing = (nowNs: number) => ({ nowNs, pace: 0, knownNs: 10e9 });

describe('a picture that stands', () => {
  it('shows a datagram where it truly was', () => {
    const flights = flightsOf([sent(1_000_000, 1), received(1_100_000, 1)]);
    expect(flights.at(standing(999_999)).list).toEqual([]);
    const [flight] = flights.at(standing(1_050_000)).list;
    if (!flight) throw new Error('no flight');
    expect(flight).toMatchObject({ from: 0, to: 1, kind: 'vote', fate: 'arrived', endNs: 1_100_000 });
    expect(pictureFlight(flight, 1_050_000)?.progress).toBeCloseTo(0.5);
    expect(flights.at(standing(1_100_000)).list).toEqual([]);
  });

  it('does not mind in which order the window was read', () => {
    const story = [sent(1_000_000, 1), received(1_100_000, 1)];
    expect(flightsOf(story.toReversed()).at(standing(1_050_000))).toEqual(flightsOf(story).at(standing(1_050_000)));
  });

  it('knows how it ends: stopped by a rule, not sent, lost on the way, or not known yet', () => {
    const dropped = at(1_100_000, 1, {
      type: 'datagram-dropped',
      from: 0,
      fromBoot: 1,
      datagram: 1,
      faultRule: 'cut 0→1',
    });
    const [stopped] = flightsOf([sent(1_000_000, 1), dropped]).at(standing(1_090_000)).list;
    expect(stopped).toMatchObject({ fate: 'dropped', droppedBy: 'cut 0→1' });
    expect(stopped && pictureFlight(stopped, 1_090_000)?.isLost).toBe(true);

    const unsent = at(1_000_001, 0, { type: 'send-failed', to: 1, datagram: 1, reason: '' });
    expect(flightsOf([sent(1_000_000, 1), unsent]).at(standing(1_000_000)).list[0]?.fate).toBe('failed');

    const alone = flightsOf([sent(1_000_000, 1)]);
    expect(alone.at(standing(1_000_000)).list[0]?.fate).toBe('failed');
    expect(alone.at({ nowNs: 1_000_000, pace: 0, knownNs: 2_000_000 }).list[0]?.fate).toBe('unknown');
  });

  it('shows one that a rule holds back as long as it was held', () => {
    const act = { from: 0, fromBoot: 1, datagram: 1, faultRule: 'slow', act: 'delayed', delayNs: 80e6 } as const;
    const held = at(1e6, 1, { type: 'datagram-faulted', ...act });
    const flights = flightsOf([sent(1e6, 1), held, received(81.2e6, 1)]);
    const [flight] = flights.at(standing(40e6)).list;
    expect(flight?.endNs).toBeCloseTo(81.2e6, -3);
    expect(flight && pictureFlight(flight, 40e6)?.isHeld).toBe(true);
  });

  it('shows a damaged one as refused', () => {
    const act = { from: 0, fromBoot: 1, datagram: 1, faultRule: 'bits', act: 'corrupted', delayNs: 0 } as const;
    const damaged = at(1e6, 1, { type: 'datagram-faulted', ...act });
    expect(flightsOf([sent(1e6, 1), damaged]).at(standing(1e6)).list[0]?.fate).toBe('refused');
  });
});

describe('a picture that moves', () => {
  it('stretches what could not be seen at its speed, and its cross', () => {
    const flights = flightsOf([sent(1e9, 1), received(1e9 + 100_000, 1), sent(1e9, 2, vote, 1, 2)]);
    const [fast, lost] = flights.at({ nowNs: 1e9, pace: 0.1, knownNs: 10e9 }).list;
    expect(fast?.endNs).toBe(1e9 + flightVisibleNs * 0.1);
    expect(lost?.crossNs).toBe(crossVisibleNs * 0.1);
  });

  it('lets an answer set out when the picture of its call has arrived', () => {
    const call = [sent(1e9, 1, vote, 0, 1, 'call'), received(1e9 + 100_000, 1)];
    const answer = [sent(1e9 + 200_000, 7, granted, 1, 0, 'call'), received(1e9 + 300_000, 7, granted, 1, 0)];
    const flights = flightsOf([...call, ...answer]);
    const shownNs = 1e9 + flightVisibleNs / 2;
    expect(flights.at({ nowNs: shownNs, pace: 1, knownNs: 10e9 }).list.map(({ isReply }) => isReply)).toEqual([false]);
    const later = flights.at({ nowNs: 1e9 + flightVisibleNs * 1.5, pace: 1, knownNs: 10e9 }).list;
    expect(later).toMatchObject([{ isReply: true, startNs: 1e9 + flightVisibleNs }]);
  });

  it('leaves out what has no room, with its answer, and does not let it appear halfway', () => {
    const beats = [1, 2].map((datagram) => sent(1e9 + datagram * 1e6, datagram, heartbeat, 0, 1, `b${datagram}`));
    const answer = sent(1e9 + 3e6, 9, accepted, 1, 0, 'b2');
    const arrived = received(1e9 + 1.1e6, 1, heartbeat);
    const flights = flightsOf([...beats, answer, arrived]);
    const at1 = { nowNs: 1e9 + 10e6, pace: 1, knownNs: 10e9 };
    expect(flights.at(at1).list.map(({ datagram }) => datagram)).toEqual([1]);
    const firstIsOver = 1e9 + 2e6 + flightVisibleNs;
    expect(flights.at({ ...at1, nowNs: firstIsOver }).list).toEqual([]);
    flights.jump();
    expect(flights.at({ ...at1, nowNs: 1e9 + 2e6, pace: 0 }).list.map(({ datagram }) => datagram)).toEqual([2]);
  });
});

it('forgets what leaves the window', () => {
  const story = [
    sent(1_000_000, 1),
    at(1_000_000, 1, {
      type: 'datagram-faulted',
      from: 0,
      fromBoot: 1,
      datagram: 1,
      faultRule: 'f',
      act: 'delayed',
      delayNs: 1,
    }),
    received(1_100_000, 1),
  ];
  const flights = flightsOf(story);
  for (const event of story) flights.forget(event);
  expect(flights.at(standing(1_050_000))).toEqual({ list: [], leftOut: 0 });
  flights.take(story[0] ?? sent(0, 0));
  expect(flights.at(standing(1_000_000)).list[0]).toMatchObject({ fate: 'failed', acts: [] });
});

it('has no place for clients from outside, nor for other events', () => {
  const flights = flightsOf([sent(1, 1, vote, 0, clientIdOf(4)), at(2, 0, { type: 'node-stopping', reason: '' })]);
  expect(flights.at(standing(1)).list).toEqual([]);
});
