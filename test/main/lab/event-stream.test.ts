import { afterEach, describe, expect, it } from 'vitest';
import { EventStream } from '../../../main/lab/event-stream.ts';
import type { EventBody, LabEvent } from '../../../shared/event.ts';

const streams: EventStream[] = [];

function makeStream(): { stream: EventStream; out: LabEvent[] } {
  const stream = new EventStream();
  streams.push(stream);
  const out: LabEvent[] = [];
  stream.subscribe((events) => out.push(...events));
  return { stream, out };
}

afterEach(() => {
  for (const stream of streams.splice(0)) stream.close();
});

function nodeEvent(node: number, lamport: number, body: EventBody = { type: 'node-stopping', reason: '' }): LabEvent {
  return { node, boot: 1, sequence: lamport, timeNs: lamport, lamport, ...body };
}

const address = { host: '127.0.0.1', port: 1 };
const timings = { electionTimeoutMinMs: 150, electionTimeoutMaxMs: 300, heartbeatIntervalMs: 50 };
const clusterStarted = {
  type: 'cluster-started',
  clusterId: 'c',
  members: [
    { id: 0, address },
    { id: 1, address },
  ],
  timings,
  folder: '/f',
} as const;

describe('event stream', () => {
  it('lets the acts of the lab out at once when no node is there to wait for', () => {
    const { stream, out } = makeStream();
    stream.emit(clusterStarted);
    expect(out.map((event) => event.type)).toEqual(['cluster-started']);
    expect(stream.view.nodes.map((node) => node.id)).toEqual([0, 1]);
  });

  it("puts the lab's act before its effects and behind what it followed", () => {
    const { stream, out } = makeStream();
    stream.emit(clusterStarted);
    const source = stream.openSource(0);
    stream.feed(source, [nodeEvent(0, 10)]);
    stream.emit({ type: 'node-launched', target: 1 });
    const effect = stream.clock.lamport + 1;
    stream.feed(source, [nodeEvent(0, effect)]);
    expect(out.map((event) => [event.node, event.lamport])).toEqual([
      [-1, 1],
      [0, 10],
      [-1, 11],
      [0, 12],
    ]);
  });

  it('does not wait for ever for a node that says nothing', async () => {
    const { stream, out } = makeStream();
    const talking = stream.openSource(0);
    stream.openSource(1);
    stream.feed(talking, [nodeEvent(0, 5)]);
    expect(out).toEqual([]);
    await expect.poll(() => out.length, { interval: 5 }).toBe(1);
    expect(stream.lateEvents).toBe(0);
  });

  it('has in its snapshot exactly what came out', () => {
    const { stream, out } = makeStream();
    stream.emit(clusterStarted);
    const source = stream.openSource(0);
    stream.openSource(1);
    stream.feed(source, [nodeEvent(0, 5)]);
    const snapshot = stream.snapshot();
    expect(snapshot.recentEvents).toEqual(out);
    expect(snapshot.view).toBe(stream.view);
    expect(out).toHaveLength(1);
  });

  it('lets out what still waits when it closes', () => {
    const { stream, out } = makeStream();
    const source = stream.openSource(0);
    stream.openSource(1);
    stream.feed(source, [nodeEvent(0, 5)]);
    stream.close();
    expect(out).toEqual([nodeEvent(0, 5)]);
  });

  it('stops telling a subscriber that has gone', () => {
    const { stream } = makeStream();
    const seen: LabEvent[] = [];
    const unsubscribe = stream.subscribe((events) => seen.push(...events));
    stream.emit({ type: 'node-launched', target: 0 });
    unsubscribe();
    stream.emit({ type: 'node-launched', target: 1 });
    expect(seen).toHaveLength(1);
  });
});
