import { describe, expect, it } from 'vitest';
import type { DatagramFaultAct } from '../../../shared/event.ts';
import {
  afterAct,
  heldAt,
  splitsAt,
  undisturbed,
  wayOf,
  type FlightAct,
} from '../../../shared/projection/flight-copies.ts';
import {
  crossVisibleNs,
  emptyFlights,
  flightVisibleNs,
  pictureFlight,
  projectFlights,
  type Flight,
} from '../../../shared/projection/flights.ts';
import { EventStory } from '../../support/event-story.ts';

const act = (name: DatagramFaultAct, delayMs = 0, faultRule = 'r'): FlightAct => ({
  act: name,
  faultRule,
  delayNs: delayMs * 1e6,
});

describe('the way of a datagram', () => {
  it('hangs as long as a rule holds it back, then goes on', () => {
    const way = afterAct(undisturbed(0, 100e6), act('delayed', 200));
    expect(way.endNs).toBe(300e6);
    expect(wayOf(way, 0, 50e6)).toEqual({ way: 0.5, isHeld: false });
    expect(wayOf(way, 0, 200e6)).toEqual({ way: heldAt, isHeld: true });
    expect(wayOf(way, 0, 290e6)).toEqual({ way: 0.9, isHeld: false });
  });

  it('does not hang for what nobody could see, but keeps the act', () => {
    const way = afterAct(undisturbed(0, 100e6), act('delayed', 3));
    expect(way).toMatchObject({ endNs: 100e6, copies: [0], acts: [act('delayed', 3)] });
  });

  it('splits, and each copy hangs for itself', () => {
    let way = afterAct(undisturbed(0, 100e6), act('duplicated'));
    way = afterAct(way, act('delayed', 50));
    way = afterAct(way, act('delayed', 300));
    expect(way.copies).toEqual([50e6, 300e6]);
    expect(way.endNs).toBe(400e6);
  });

  it('takes the delay that came before the split along to both', () => {
    let way = afterAct(undisturbed(0, 100e6), act('delayed', 40, 'bandwidth'));
    way = afterAct(way, act('duplicated'));
    expect(way.copies).toEqual([40e6, 40e6]);
    for (let i = 0; i < 9; i++) way = afterAct(way, act('duplicated'));
    expect(way.copies).toHaveLength(3);
  });
});

/** The picture of one datagram to which `acts` were told, and then `more`. */
function flightWith(acts: readonly FlightAct[], more?: (story: EventStory) => void): Flight {
  const story = new EventStory();
  const at = { from: 0, fromBoot: 1, datagram: 1 };
  const message = { kind: 'request-vote', round: 1 } as const;
  story.tell(0, { type: 'datagram-sent', to: 1, datagram: 1, uuid: 'u', bytes: 9, message });
  for (const each of acts) story.tell(1, { type: 'datagram-faulted', ...at, ...each });
  more?.(story);
  const [flight] = projectFlights(emptyFlights, story.events, 0).list;
  if (!flight) throw new Error('no flight');
  return flight;
}
const receive = (story: EventStory): void => {
  const message = { kind: 'request-vote', round: 1 } as const;
  story.tell(1, { type: 'datagram-received', from: 0, fromBoot: 1, datagram: 1, uuid: 'u', bytes: 9, message });
};

describe('the picture', () => {
  it('of a delayed datagram waits on its way and arrives late', () => {
    const flight = flightWith([act('delayed', 400)], receive);
    expect(pictureFlight(flight, flightVisibleNs)).toEqual({ progress: heldAt, isLost: false, isHeld: true });
    const late = pictureFlight(flight, flightVisibleNs + 390e6);
    expect(late?.progress).toBeGreaterThan(0.9);
    expect(late?.isHeld).toBeUndefined();
    expect(pictureFlight(flight, flightVisibleNs + 401e6)).toBeUndefined();
  });

  it('of a doubled one has a copy from where it splits', () => {
    const flight = flightWith([act('duplicated'), act('delayed', 0), act('delayed', 200)], receive);
    expect(pictureFlight(flight, flightVisibleNs * (splitsAt - 0.1), 1)).toBeUndefined();
    expect(pictureFlight(flight, flightVisibleNs * 0.9, 0)).toBeDefined();
    expect(pictureFlight(flight, flightVisibleNs * 0.9, 1)).toBeDefined();
    // Each is told by itself, in order; the first one was too short to be seen.
    expect(pictureFlight(flight, flightVisibleNs + 50e6, 0)).toBeUndefined();
    expect(pictureFlight(flight, flightVisibleNs + 50e6, 1)).toMatchObject({ isHeld: true });
  });

  it('of a damaged one ends in a cross at its receiver, as soon as that has refused it', () => {
    const flight = flightWith([act('corrupted')], (story) =>
      story.tell(1, {
        type: 'datagram-refused',
        address: { host: '127.0.0.1', port: 1 },
        bytes: 9,
        why: 'unauthenticated',
        reason: '',
      }),
    );
    expect(flight.fate).toBe('refused');
    expect(pictureFlight(flight, flightVisibleNs)).toEqual({ progress: 0.97, isLost: true });
    expect(pictureFlight(flight, flightVisibleNs + crossVisibleNs)).toBeUndefined();
  });

  it('of one that was refused for another reason is not touched', () => {
    const refused = { type: 'datagram-refused', bytes: 9, why: 'stale', reason: '' } as const;
    const flight = flightWith([], (story) => story.tell(1, { ...refused, address: { host: '::1', port: 1 } }));
    expect(flight.fate).toBe('unknown');
  });

  it('names the rule that dropped it', () => {
    const flight = flightWith([], (story) =>
      story.tell(1, { type: 'datagram-dropped', from: 0, fromBoot: 1, datagram: 1, faultRule: 'loss 0→1' }),
    );
    expect(flight).toMatchObject({ fate: 'dropped', droppedBy: 'loss 0→1' });
  });
});
