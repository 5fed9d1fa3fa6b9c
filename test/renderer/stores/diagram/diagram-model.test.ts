/** Against a plain fold over whole streams of the simulated lab: whatever is loaded in whatever order, the edges are the same. */
import { beforeAll, describe, expect, it } from 'vitest';
import { chunkSize } from '../../../../renderer/stores/diagram/diagram-chunk.ts';
import { keyOf, type Edge } from '../../../../renderer/stores/diagram/diagram-items.ts';
import { DiagramModel } from '../../../../renderer/stores/diagram/diagram-model.ts';
import type { LabEvent } from '../../../../shared/event.ts';
import { startDrivenLab } from '../../../support/sim-lab.ts';

/** Each receipt, drop and failure by the position of its own sending; sendings that nobody heard of have none. */
function plainFold(events: readonly LabEvent[]): string[] {
  const sent = new Map<string, number>();
  const ends = new Map<number, string[]>();
  events.forEach((event, position) => {
    if (event.type === 'cluster-started') sent.clear();
    if (event.type === 'datagram-sent') {
      sent.set(keyOf(event.node, event.boot, event.to, event.datagram), position);
      ends.set(position, []);
    }
    if (event.type === 'datagram-received' || event.type === 'datagram-dropped') {
      const start = sent.get(keyOf(event.from, event.fromBoot, event.node, event.datagram));
      if (start === undefined) throw new Error(`a receipt before its sending, at ${position}`);
      ends.get(start)?.push(`${event.type === 'datagram-received' ? 'arrived' : 'dropped'} ${position}`);
    }
  });
  return [...ends].flatMap(([start, all]) => (all.length > 0 ? all : ['unknown -1']).map((end) => `${start} ${end}`));
}

function edgesOf(model: DiagramModel): Edge[] {
  const edges: Edge[] = [];
  model.eachEdge(-Infinity, Infinity, (edge) => edges.push(edge));
  return edges;
}

function told(edges: readonly Edge[]): string[] {
  return edges.map(({ sendPosition, fate, endPosition }) => `${sendPosition} ${fate} ${endPosition}`);
}

function byStart(lines: readonly string[]): string[] {
  return lines.toSorted(
    (one, other) => Number.parseInt(one, 10) - Number.parseInt(other, 10) || (one < other ? -1 : 1),
  );
}

/** Partition, loss, delay, copies, crash, restart, another cluster in the place of the first. */
function story(): LabEvent[] {
  const lab = startDrivenLab(5, { seed: 7 });
  const all = { from: 0, to: 1 };
  lab.append(0, 'a', 'b');
  lab.do({ type: 'set-fault', rule: { id: 'twice', link: all, action: { kind: 'duplicate', percent: 60 } } });
  lab.do({
    type: 'set-fault',
    rule: {
      id: 'late',
      link: { from: 1, to: 0 },
      action: { kind: 'delay', minMs: 50, maxMs: 400, distribution: 'uniform' },
    },
  });
  lab.do({ type: 'set-fault', rule: { id: 'lossy', link: { from: 2, to: 3 }, action: { kind: 'drop', percent: 40 } } });
  lab.runFor(12_000);
  lab.do({
    type: 'partition',
    groups: [
      [0, 1],
      [2, 3, 4],
    ],
  });
  lab.runFor(8_000);
  lab.do({ type: 'crash-node', node: 4 });
  lab.runFor(1_000);
  lab.do({ type: 'start-node', node: 4 });
  lab.do({ type: 'heal-all' });
  lab.runFor(3_000);
  lab.do({ type: 'start-cluster', nodes: 3, fresh: true });
  lab.runFor(12_000);
  return lab.events;
}

describe('the loaded part of a stream', () => {
  let events: LabEvent[] = [];
  let expected: string[] = [];
  const pageOf = (number: number): LabEvent[] => events.slice(number * chunkSize, (number + 1) * chunkSize);

  beforeAll(() => {
    events = story();
    expected = byStart(plainFold(events));
  });

  it('is long enough for this test, and has what makes it hard', () => {
    expect(events.length).toBeGreaterThan(3 * chunkSize);
    expect(new Set(expected.map((line) => line.split(' ')[1]))).toEqual(new Set(['arrived', 'dropped', 'unknown']));
    const starts = expected.map((line) => line.split(' ')[0]);
    expect(new Set(starts).size).toBeLessThan(starts.length);
  });

  it('pairs every receipt with its sending, live, event by event in frames of any size', () => {
    const model = new DiagramModel();
    for (let at = 0, size = 1; at < events.length; at += size, size = (size * 7) % 500)
      model.put(at, events.slice(at, at + size));
    expect(byStart(told(edgesOf(model)))).toEqual(expected);
  });

  it.each([
    ['from the first page to the last', (pages: number[]) => pages],
    ['from the last page to the first', (pages: number[]) => pages.toReversed()],
    ['from the middle on', (pages: number[]) => [...pages.slice(1), 0].toReversed()],
  ])('pairs the same %s', (_, order) => {
    const model = new DiagramModel();
    const pages = Array.from({ length: Math.ceil(events.length / chunkSize) }, (_page, number) => number);
    for (const number of order(pages)) model.put(number * chunkSize, pageOf(number));
    expect(byStart(told(edgesOf(model)))).toEqual(expected);
  });

  it('pairs the same after pages were let go and have come back', () => {
    const model = new DiagramModel();
    model.put(0, events);
    const last = Math.floor((events.length - 1) / chunkSize);
    model.forgetBeyond(last, last, 1);
    expect(model.chunks.size).toBe(1);
    model.put(0, events.slice(0, last * chunkSize));
    expect(byStart(told(edgesOf(model)))).toEqual(expected);
    model.forgetBeyond(0, 0, 1);
    model.put(chunkSize, events.slice(chunkSize));
    expect(byStart(told(edgesOf(model)))).toEqual(expected);
  });

  it('takes the front of a page that it joined in the middle, and nothing twice', () => {
    const model = new DiagramModel();
    model.put(100, events.slice(100, 5_000));
    expect(model.missingOf(0, events.length)).toEqual({ from: 0, to: 100 });
    expect(model.missingOf(1, events.length)).toEqual({ from: 5_000, to: 2 * chunkSize });
    model.put(0, events.slice(0, 200));
    model.put(4_900, events.slice(4_900));
    expect(model.missingOf(0, events.length)).toBeUndefined();
    expect(byStart(told(edgesOf(model)))).toEqual(expected);
  });

  it('begins a page anew when events are missing in it', () => {
    const model = new DiagramModel();
    model.put(0, events.slice(0, 1_000));
    model.put(2_000, events.slice(2_000, 3_000));
    expect(model.missingOf(0, 3_000)).toEqual({ from: 0, to: 2_000 });
    model.put(0, events.slice(0, 2_000));
    expect(byStart(told(edgesOf(model)))).toEqual(byStart(plainFold(events.slice(0, 3_000))));
  });

  it('finds in a stretch of time what lasts at some moment of it', () => {
    const model = new DiagramModel();
    model.put(0, events);
    const start = events[Math.floor(events.length / 2)]?.timeNs ?? 0;
    const found: Edge[] = [];
    model.eachEdge(start, start + 100e6, (edge) => found.push(edge));
    const plain = edgesOf(model).filter(
      ({ sendNs, endNs }) => sendNs <= start + 100e6 && (Number.isNaN(endNs) ? sendNs : endNs) >= start,
    );
    expect(byStart(told(found))).toEqual(byStart(told(plain)));
    expect(found.length).toBeGreaterThan(10);
  });

  it('marks late ones, copies, and what is routine', () => {
    const model = new DiagramModel();
    model.put(0, events);
    const edges = edgesOf(model);
    const late = edges.filter(({ acts }) => acts.includes('delayed'));
    expect(late.length).toBeGreaterThan(5);
    const early = late.filter(({ fate, sendNs, endNs, delayNs }) => fate === 'arrived' && endNs - sendNs < delayNs);
    expect(early).toEqual([]);
    expect(edges.filter(({ isCopy }) => isCopy).length).toBeGreaterThan(5);
    const routine = edges.filter(({ isRoutine }) => isRoutine);
    expect(new Set(routine.map(({ kind }) => kind))).toEqual(new Set(['heartbeat', 'reply']));
    expect(edges.some(({ kind, isRoutine }) => kind === 'reply' && !isRoutine)).toBe(true);
  });
});
