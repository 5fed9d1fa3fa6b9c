import { describe, expect, it } from 'vitest';
import type { EventBody, LabEvent } from '../../../shared/event.ts';
import { labSourceId } from '../../../shared/ids.ts';
import { mergeSeconds, SecondsFold, type SecondFigures } from '../../../shared/projection/second-figures.ts';

const message = { kind: 'append-entries', round: 1 } as const;

function at(seconds: number, node: number, body: EventBody): LabEvent {
  return { node, boot: 1, sequence: 1, timeNs: seconds * 1e9, lamport: 1, ...body };
}
function sent(seconds: number, node: number, bytes = 80): LabEvent {
  return at(seconds, node, { type: 'datagram-sent', to: 1, datagram: 1, uuid: 'u', bytes, message });
}
function received(seconds: number, node: number): LabEvent {
  return at(seconds, node, {
    type: 'datagram-received',
    from: 0,
    fromBoot: 1,
    datagram: 1,
    uuid: 'u',
    bytes: 80,
    message,
  });
}
function dropped(seconds: number, node: number): LabEvent {
  return at(seconds, node, { type: 'datagram-dropped', from: 0, fromBoot: 1, datagram: 1, faultRule: 'cut 0→1' });
}
function appended(seconds: number, latencyNs: number, entries = 1): LabEvent {
  const outcome = { kind: 'appended', firstIndex: 1, lastIndex: entries, term: 1 } as const;
  return at(seconds, labSourceId, { type: 'request-answered', requestId: 'r', target: 0, latencyNs, outcome });
}
function committed(seconds: number, to: number): LabEvent {
  return at(seconds, 0, { type: 'commit-advanced', from: 0, to, term: 1, reason: '' });
}

/** All seconds of the stream, the one that runs as the last. */
function secondsOf(events: readonly LabEvent[]): readonly SecondFigures[] {
  const fold = new SecondsFold();
  const finished = events.flatMap((event) => fold.take(event) ?? []);
  return fold.running ? [...finished, fold.running] : finished;
}

describe('a second', () => {
  it('counts what each node sent, received and lost', () => {
    const [second] = secondsOf([
      sent(5.1, 2),
      sent(5.2, 0, 120),
      sent(5.3, 0),
      received(5.3, 1),
      dropped(5.4, 1),
      at(5.5, 1, { type: 'datagrams-missing', from: 0, fromBoot: 1, count: 3, missing: 4 }),
      at(5.6, 1, { type: 'datagram-refused', address: { host: '', port: 1 }, bytes: 9, why: 'malformed', reason: '' }),
    ]);
    expect(second).toMatchObject({ second: 5, bytes: 280 });
    expect(second?.nodes).toEqual([
      { node: 0, sent: 2, received: 0, lost: 0 },
      { node: 1, sent: 0, received: 1, lost: 5 },
      { node: 2, sent: 1, received: 0, lost: 0 },
    ]);
  });

  it('counts entries, reads and failures, and how long the answers took that were none', () => {
    const range = { kind: 'range', entryCount: 3, appliedIndex: 3 } as const;
    const failed = { kind: 'failed', code: 'timed-out', outcomeKnown: false, message: '' } as const;
    const answer = { type: 'request-answered', requestId: 'r', target: 0 } as const;
    const [second] = secondsOf([
      appended(1, 2e6, 4),
      at(1.1, labSourceId, { ...answer, latencyNs: 8e6, outcome: range }),
      at(1.2, labSourceId, { ...answer, latencyNs: 5e9, outcome: failed }),
      at(1.3, 1, { type: 'election-started', term: 2, votersNeeded: 2, reason: '' }),
    ]);
    expect(second).toMatchObject({ appended: 4, reads: 1, failed: 1, elections: 1 });
    expect(second?.latencyNs?.max).toBe(8e6);
    expect(second?.latencyNs?.p50).toBeGreaterThan(1.9e6);
    expect(second?.latencyNs?.p50).toBeLessThan(2.1e6);
  });

  it('without an answer has no latency', () => {
    expect(secondsOf([sent(1, 0)])[0]?.latencyNs).toBeNull();
  });

  it('is finished by the first event of a later one, and takes in what comes late', () => {
    const fold = new SecondsFold();
    expect(fold.running).toBeUndefined();
    expect(fold.take(sent(1, 0))).toBeUndefined();
    expect(fold.take(sent(1.999, 0))).toBeUndefined();
    expect(fold.take(sent(4, 0))).toMatchObject({ second: 1, nodes: [{ sent: 2 }] });
    expect(fold.take(received(3.9, 1))).toBeUndefined();
    expect(fold.running).toMatchObject({ second: 4, nodes: [{ sent: 1 }, { received: 1 }] });
  });

  it('tells the highest index committed by its end; another cluster begins anew', () => {
    const started = {
      type: 'cluster-started',
      clusterId: 'c',
      members: [],
      timings: { electionTimeoutMinMs: 150, electionTimeoutMaxMs: 300, heartbeatIntervalMs: 50 },
      folder: '',
    } as const;
    const seconds = secondsOf([
      committed(1, 7),
      committed(1.5, 5),
      sent(2, 0),
      committed(3, 9),
      at(4, labSourceId, started),
    ]);
    expect(seconds.map(({ commitIndex }) => commitIndex)).toEqual([7, 7, 9, 0]);
    expect(new SecondsFold(4).running).toBeUndefined();
  });
});

describe('seconds together', () => {
  it('are the same figures as of the whole span', () => {
    const stream = [appended(0, 1e6), sent(0.5, 0), appended(1, 3e6), dropped(1, 1), committed(2, 4), appended(3, 2e6)];
    const merged = mergeSeconds(secondsOf(stream), 60);
    expect(merged).toEqual(secondsOf(stream.map((event) => ({ ...event, timeNs: event.timeNs / 60 }))));
    expect(merged).toHaveLength(1);
  });

  it('are cut at multiples, wherever the list begins', () => {
    const merged = mergeSeconds(secondsOf([sent(58, 0), sent(59, 0), sent(61, 0), sent(185, 0)]), 60);
    expect(merged.map(({ second, nodes }) => [second, nodes[0]?.sent])).toEqual([
      [0, 2],
      [60, 1],
      [180, 1],
    ]);
    expect(mergeSeconds([], 60)).toEqual([]);
  });
});
