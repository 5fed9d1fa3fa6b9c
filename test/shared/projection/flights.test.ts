import { describe, expect, it } from 'vitest';
import type { LabEvent, MessageSummary } from '../../../shared/event.ts';
import { clientIdOf } from '../../../shared/ids.ts';
import {
  crossVisibleNs,
  emptyFlights,
  fateGraceNs,
  flightVisibleNs,
  flightsMax,
  flightsPerLinkMax,
  pictureFlight,
  projectFlights,
} from '../../../shared/projection/flights.ts';
import { EventStory } from '../../support/event-story.ts';

const entries: MessageSummary = { kind: 'append-entries', round: 1, entryCount: 2 };
const heartbeat: MessageSummary = { kind: 'append-entries', round: 1, entryCount: 0 };
const accepted: MessageSummary = { kind: 'append-entries-reply', round: 1, success: true };
const vote: MessageSummary = { kind: 'request-vote', round: 1 };

function sent(
  story: EventStory,
  message: MessageSummary,
  datagram: number,
  uuid = `u${datagram}`,
  from = 0,
  to = 1,
): LabEvent {
  return story.tell(from, { type: 'datagram-sent', to, datagram, uuid, bytes: 80, message });
}

function received(story: EventStory, message: MessageSummary, datagram: number, from = 0, to = 1): LabEvent {
  const body = {
    type: 'datagram-received',
    from,
    fromBoot: 1,
    datagram,
    uuid: `u${datagram}`,
    bytes: 80,
    message,
  } as const;
  return story.tell(to, body);
}

describe('one datagram', () => {
  it('for a client from outside is not in the picture, nor left out of it', () => {
    const call: MessageSummary = { kind: 'client-call', round: 1, requestCount: 1 };
    const reply: MessageSummary = { kind: 'client-call-reply', round: 1, requestCount: 1 };
    const story = new EventStory();
    const events = [received(story, call, 1, clientIdOf(7), 0), sent(story, reply, 1, 'u1', 0, clientIdOf(7))];
    expect(projectFlights(emptyFlights, events, 1_000)).toEqual(emptyFlights);
  });

  it('is shown for a while however fast it was, and then is over', () => {
    const story = new EventStory();
    const [flight] = projectFlights(emptyFlights, [sent(story, vote, 1), received(story, vote, 1)], 1_000).list;
    if (!flight) throw new Error('no flight');
    expect(flight).toMatchObject({ from: 0, to: 1, kind: 'vote', fate: 'arrived' });
    expect(pictureFlight(flight, 1_000)).toEqual({ progress: 0, isLost: false });
    expect(pictureFlight(flight, 1_000 + flightVisibleNs / 2)?.progress).toBeCloseTo(0.5);
    expect(pictureFlight(flight, 1_000 + flightVisibleNs)).toBeUndefined();
  });

  it('on a slow network takes no less than it takes there', () => {
    const networkNs = 2 * flightVisibleNs;
    const [flight] = projectFlights(emptyFlights, [sent(new EventStory(), vote, 1)], 0, networkNs).list;
    expect(flight && pictureFlight(flight, flightVisibleNs)?.progress).toBeCloseTo(0.5);
    expect(flight && pictureFlight(flight, networkNs + fateGraceNs / 2)?.isLost).toBe(false);
    expect(projectFlights(emptyFlights, [sent(new EventStory(), vote, 1)], 0, 1).list[0]?.endNs).toBe(flightVisibleNs);
  });

  it('that a cut link stopped ends in a cross on its way, which stays for a while', () => {
    const story = new EventStory();
    const dropped = story.tell(1, {
      type: 'datagram-dropped',
      from: 0,
      fromBoot: 1,
      datagram: 1,
      faultRule: 'cut 0→1',
    });
    const [flight] = projectFlights(emptyFlights, [sent(story, vote, 1), dropped], 0).list;
    if (!flight) throw new Error('no flight');
    const end = pictureFlight(flight, flightVisibleNs * 0.9);
    expect(end?.isLost).toBe(true);
    expect(end?.progress).toBeLessThan(0.5);
    expect(pictureFlight(flight, flightVisibleNs + crossVisibleNs)).toBeUndefined();
  });

  it('that nobody reported again ends in a cross before its target, but not too early', () => {
    const [flight] = projectFlights(emptyFlights, [sent(new EventStory(), vote, 1)], 0).list;
    if (!flight) throw new Error('no flight');
    expect(pictureFlight(flight, flightVisibleNs)?.isLost).toBe(false);
    expect(pictureFlight(flight, flightVisibleNs + fateGraceNs + 1)).toEqual({ progress: 0.86, isLost: true });
  });

  it('that the system would not send ends in a cross', () => {
    const story = new EventStory();
    const failed = story.tell(0, { type: 'send-failed', to: 1, datagram: 1, reason: 'EMSGSIZE' });
    const [flight] = projectFlights(emptyFlights, [sent(story, vote, 1), failed], 0).list;
    expect(flight?.fate).toBe('failed');
  });

  it('is told from one of the same number in another life of its sender', () => {
    const story = new EventStory();
    const first = sent(story, vote, 1);
    const late = story.tell(1, {
      type: 'datagram-received',
      from: 0,
      fromBoot: 9,
      datagram: 1,
      uuid: 'u1',
      bytes: 80,
      message: vote,
    });
    expect(projectFlights(emptyFlights, [first, late], 0).list[0]?.fate).toBe('unknown');
  });
});

describe('an answer', () => {
  it('sets out when the picture of its call has arrived', () => {
    const story = new EventStory();
    const reply: MessageSummary = { kind: 'request-vote-reply', round: 1, success: true };
    const call = sent(story, vote, 1, 'same');
    const { list } = projectFlights(emptyFlights, [call, sent(story, reply, 7, 'same', 1, 0)], 100);
    expect(list[1]).toMatchObject({ kind: 'reply', startNs: list[0]?.endNs });
    expect(list[1] && pictureFlight(list[1], 100 + flightVisibleNs / 2)).toBeUndefined();
  });

  it('to a heartbeat is as routine as the heartbeat, and left out with it', () => {
    const story = new EventStory();
    const first = projectFlights(
      emptyFlights,
      [sent(story, heartbeat, 1, 'a'), sent(story, accepted, 1, 'a', 1, 0), sent(story, heartbeat, 2, 'b')],
      0,
    );
    expect(first.list.map((flight) => [flight.kind, flight.isRoutine])).toEqual([
      ['heartbeat', true],
      ['reply', true],
    ]);
    const second = projectFlights(first, [sent(story, accepted, 2, 'b', 1, 0)], 1);
    expect(second.list).toHaveLength(2);
    expect(second.leftOut).toBe(2);
  });

  it('that says no is always worth showing', () => {
    const refusal: MessageSummary = { kind: 'append-entries-reply', round: 1, success: false };
    expect(projectFlights(emptyFlights, [sent(new EventStory(), refusal, 1)], 0).list[0]?.kind).toBe('refusal');
  });
});

describe('the picture', () => {
  it('shows a few per link and kind, and counts the rest', () => {
    const story = new EventStory();
    const events = Array.from({ length: 10 }, (_, i) => sent(story, entries, i));
    const flights = projectFlights(emptyFlights, events, 0);
    expect(flights.list).toHaveLength(flightsPerLinkMax);
    expect(flights.leftOut).toBe(10 - flightsPerLinkMax);
  });

  it('never holds more than its limit', () => {
    const story = new EventStory();
    const events: LabEvent[] = [];
    for (let from = 0; from < 9; from++) {
      for (let to = 0; to < 9; to++)
        events.push(sent(story, entries, to, `u${from}.${to}`, from, to), sent(story, vote, 10 + to, 'v', from, to));
    }
    expect(projectFlights(emptyFlights, events, 0).list).toHaveLength(flightsMax);
  });

  it('forgets what is over', () => {
    const story = new EventStory();
    const flights = projectFlights(emptyFlights, [sent(story, vote, 1), received(story, vote, 1)], 0);
    expect(projectFlights(flights, [], flightVisibleNs).list).toEqual([]);
  });
});
