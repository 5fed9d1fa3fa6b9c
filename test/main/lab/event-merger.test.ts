import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EventMerger } from '../../../main/lab/event-merger.ts';
import { compareEvents, type LabEvent } from '../../../shared/event.ts';
import { eventKey, stampedHistory, type StampedHistory } from '../../support/stamped-history.ts';

const holdNs = 100;

interface Delivery {
  readonly node: number;
  readonly events: readonly LabEvent[];
}

/** Cuts each server's history into batches and lets them race: `picks` says who delivers next and how much. */
function raceBatches(histories: StampedHistory, picks: readonly (readonly [number, number])[]): Delivery[] {
  const rest = histories.map((events) => [...events]);
  const deliveries: Delivery[] = [];
  for (let turn = 0; rest.some((events) => events.length > 0); turn += 1) {
    const [who = 0, size = 0] = picks[turn % Math.max(1, picks.length)] ?? [];
    const waiting = rest.flatMap((events, node) => (events.length > 0 ? [node] : []));
    const node = waiting[who % waiting.length] ?? 0;
    deliveries.push({ node, events: rest[node]?.splice(0, 1 + (size % 5)) ?? [] });
  }
  return deliveries;
}

const picks = fc.array(fc.tuple(fc.nat(100), fc.nat(100)), { minLength: 1, maxLength: 40 });

function own(node: number, lamport: number, sequence = lamport): LabEvent {
  return { node, boot: 1, sequence, timeNs: 0, lamport, type: 'node-stopping', reason: '' };
}

describe('event merger', () => {
  it('gives the one order, whatever the batches do to each other', () => {
    fc.assert(
      fc.property(stampedHistory(), picks, (histories, picks) => {
        const merger = new EventMerger({ holdNs });
        for (const node of histories.keys()) merger.openSource(node, node, 0);
        const out: LabEvent[] = [];
        for (const { node, events } of raceBatches(histories, picks)) {
          merger.feed(node, events, 0);
          out.push(...merger.takeReady());
        }
        for (const node of histories.keys()) {
          merger.closeSource(node);
          out.push(...merger.takeReady());
        }
        expect(out).toEqual(histories.flat().toSorted(compareEvents));
        expect(merger.lateEvents).toBe(0);
      }),
    );
  });

  it('never puts a receive before its send', () => {
    fc.assert(
      fc.property(stampedHistory(), picks, (histories, picks) => {
        const merger = new EventMerger({ holdNs });
        for (const node of histories.keys()) merger.openSource(node, node, 0);
        const sent = new Set<number>();
        const receivedUnsent: LabEvent[] = [];
        for (const { node, events } of raceBatches(histories, picks)) {
          merger.feed(node, events, 0);
          for (const event of merger.takeReady()) {
            if (event.type === 'datagram-sent') sent.add(event.datagram);
            if (event.type === 'datagram-received' && !sent.has(event.datagram)) receivedUnsent.push(event);
          }
        }
        expect(receivedUnsent).toEqual([]);
      }),
    );
  });

  it('loses and doubles nothing, keeps each order, and holds nothing past the bound, however late batches are', () => {
    const delays = fc.array(fc.nat(80), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(stampedHistory(), picks, delays, (histories, picks, delays) => {
        const merger = new EventMerger({ holdNs });
        for (const node of histories.keys()) merger.openSource(node, node, 0);
        const arrivals = new Map<string, number>();
        const out: LabEvent[] = [];
        let nowNs = 0;
        for (const [turn, { node, events }] of raceBatches(histories, picks).entries()) {
          nowNs += delays[turn % delays.length] ?? 0;
          for (const event of merger.takeOverdue(nowNs)) out.push(event);
          const outNow = new Set(out.map(eventKey));
          const overdue = [...arrivals].filter(([key, arrivalNs]) => arrivalNs + holdNs <= nowNs && !outNow.has(key));
          expect(overdue).toEqual([]);
          for (const event of events) arrivals.set(eventKey(event), nowNs);
          merger.feed(node, events, nowNs);
          out.push(...merger.takeReady());
        }
        out.push(...merger.takeOverdue(nowNs + holdNs));
        expect(out.map(eventKey).toSorted()).toEqual(histories.flat().map(eventKey).toSorted());
        for (const [node, events] of histories.entries())
          expect(out.filter((event) => event.node === node)).toEqual(events);
        expect(merger.nextDueNs()).toBeUndefined();
      }),
    );
  });

  it('waits for a live source that is behind, up to the bound', () => {
    const merger = new EventMerger({ holdNs });
    merger.openSource(1, 0, 0);
    merger.openSource(2, 1, 0);
    merger.feed(1, [own(0, 1), own(0, 2)], 10);
    expect(merger.takeReady()).toEqual([]);
    expect(merger.nextDueNs()).toBe(110);
    expect(merger.takeOverdue(109)).toEqual([]);
    expect(merger.takeOverdue(110)).toEqual([own(0, 1), own(0, 2)]);
  });

  it('takes along what belongs before an overdue event, and leaves the rest', () => {
    const merger = new EventMerger({ holdNs });
    merger.openSource(1, 0, 0);
    merger.openSource(2, 1, 0);
    merger.openSource(3, 2, 0);
    merger.feed(1, [own(0, 5)], 0);
    merger.feed(2, [own(1, 4), own(1, 6)], 50);
    expect(merger.takeOverdue(100)).toEqual([own(1, 4), own(0, 5)]);
    expect(merger.takeOverdue(150)).toEqual([own(1, 6)]);
  });

  it('lets a late event through at once and counts it', () => {
    const merger = new EventMerger({ holdNs });
    merger.openSource(1, 0, 0);
    merger.openSource(2, 1, 0);
    merger.feed(1, [own(0, 7)], 0);
    merger.takeOverdue(100);
    merger.feed(2, [own(1, 3)], 101);
    expect(merger.takeReady()).toEqual([own(1, 3)]);
    expect(merger.lateEvents).toBe(1);
  });

  it('no longer waits for a source that has ended, and still takes what it said last', () => {
    const merger = new EventMerger({ holdNs });
    merger.openSource(1, 0, 0);
    merger.openSource(2, 1, 0);
    merger.feed(1, [own(0, 3)], 0);
    merger.feed(2, [own(1, 1)], 0);
    merger.closeSource(2);
    merger.feed(2, [own(1, 2)], 0);
    expect(merger.takeReady()).toEqual([own(1, 1), own(1, 2), own(0, 3)]);
  });

  it('does not wait for a source that was not opened: the lab', () => {
    const merger = new EventMerger({ holdNs });
    merger.feed(0, [own(-1, 1)], 0);
    expect(merger.takeReady()).toEqual([own(-1, 1)]);
    merger.openSource(1, 0, 1);
    merger.feed(1, [own(0, 2)], 0);
    expect(merger.takeReady()).toEqual([own(0, 2)]);
  });
});
