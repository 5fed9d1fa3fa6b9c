// @vitest-environment happy-dom
import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, describe, expect, it } from 'vitest';
import type { EventOf, LabEvent } from '../../../shared/event.ts';
import { labSourceId } from '../../../shared/ids.ts';
import { limits } from '../../../shared/cluster-config.ts';
import { useRequestsStore } from '../../../renderer/stores/requests.ts';
import { labThatAnswers } from '../../support/fake-lab.ts';
import { pageStream, snapshotAfter, startOf, type PageStream } from '../../support/page-events.ts';

type Outcome = EventOf<'request-answered'>['outcome'];

const appended: Outcome = { kind: 'appended', firstIndex: 2, lastIndex: 2, term: 1 };

function sent(stream: PageStream, requestId: string, preview = 'foo', entryCount = 1): LabEvent {
  const payloadBytes = new TextEncoder().encode(preview).byteLength;
  const request = { kind: 'append', entryCount, payloadBytes, preview } as const;
  return stream.next(labSourceId, { type: 'request-sent', requestId, target: 1, request });
}

function answered(stream: PageStream, requestId: string, outcome: Outcome): LabEvent {
  return stream.next(labSourceId, { type: 'request-answered', requestId, target: 1, latencyNs: 2e6, outcome });
}

beforeEach(() => setActivePinia(createPinia()));

describe('history', () => {
  it('tells apart what waits, what was done, what was refused and what is unknown', () => {
    const stream = pageStream();
    const requests = useRequestsStore();
    const failed = (code: 'no-leader' | 'timed-out', outcomeKnown: boolean): Outcome => ({
      kind: 'failed',
      code,
      outcomeKnown,
      message: 'Nobody answered.',
    });
    requests.take(
      ['a', 'b', 'c', 'd'].map((id) => sent(stream, id)),
      0,
    );
    requests.take(
      [
        answered(stream, 'a', appended),
        answered(stream, 'b', failed('no-leader', true)),
        answered(stream, 'c', failed('timed-out', false)),
      ],
      0,
    );
    expect(requests.history.map(({ requestId, outcome }) => `${requestId} ${outcome}`)).toEqual([
      'd waiting',
      'c unknown',
      'b refused',
      'a ok',
    ]);
    expect(requests.history[3]).toMatchObject({
      node: 1,
      timeNs: 1e6,
      latencyNs: 2e6,
      appended: { firstIndex: 2, term: 1 },
    });
    expect(requests.history[1]).toMatchObject({ failure: { code: 'timed-out', message: 'Nobody answered.' } });
  });

  it('shows a request that the lab refused before it was sent', () => {
    const stream = pageStream();
    const requests = useRequestsStore();
    const failure = { code: 'not-running', message: 'Node 2 is crashed.' } as const;
    requests.take(
      [
        stream.next(labSourceId, { type: 'command-refused', command: 'append at node 2', failure }),
        stream.next(labSourceId, { type: 'command-refused', command: 'start-node 2', failure }),
      ],
      0,
    );
    expect(requests.history).toHaveLength(1);
    expect(requests.history[0]).toMatchObject({ node: 2, kind: 'append', outcome: 'refused', failure });
  });

  it('shows an answer whose sending is no longer held', () => {
    const stream = pageStream();
    const requests = useRequestsStore();
    requests.take([answered(stream, 'a', { kind: 'range', entryCount: 3, appliedIndex: 9 })], 0);
    expect(requests.history[0]).toMatchObject({
      kind: 'index-range',
      outcome: 'ok',
      range: { entryCount: 3, appliedIndex: 9 },
    });
  });

  it('keeps the latest requests only', () => {
    const stream = pageStream();
    const requests = useRequestsStore();
    requests.take(
      Array.from({ length: limits.requestHistoryMax + 5 }, (_, index) => sent(stream, `r${index}`)),
      0,
    );
    expect(requests.history).toHaveLength(limits.requestHistoryMax);
    expect(requests.history.at(-1)?.requestId).toBe('r5');
  });

  it('is there again after a reload, as far as the lab holds events', () => {
    const stream = pageStream();
    const events = [startOf(stream, 3), sent(stream, 'a'), answered(stream, 'a', appended), sent(stream, 'b')];
    const requests = useRequestsStore();
    requests.reset(snapshotAfter(events, 3), 0);
    expect(requests.history.map(({ requestId }) => requestId)).toEqual(['b', 'a']);
    requests.reset(snapshotAfter(events, 3), 7);
    expect(requests.history.map(({ requestId }) => requestId)).toEqual(['b', 'a']);
  });

  it('begins anew with another lab, whose clock starts again', () => {
    const stream = pageStream(100);
    const requests = useRequestsStore();
    requests.reset(snapshotAfter([startOf(stream, 3), sent(stream, 'a')]), 0);
    requests.reset(snapshotAfter([startOf(pageStream(), 3)]), 0);
    expect(requests.history).toEqual([]);
  });
});

describe('latestSeen', () => {
  it('is the last client entry that an answer has named', () => {
    const stream = pageStream();
    const requests = useRequestsStore();
    expect(requests.latestSeen).toEqual({ index: 0, term: 0 });
    const range = (first: number, last: number): Outcome => ({
      kind: 'appended',
      firstIndex: first,
      lastIndex: last,
      term: 1,
    });
    requests.take([sent(stream, 'a'), answered(stream, 'a', range(5, 7)), answered(stream, 'b', range(2, 2))], 0);
    expect(requests.latestSeen).toEqual({ index: 7, term: 1 });
  });

  it('is forgotten when another cluster starts', () => {
    const stream = pageStream();
    const requests = useRequestsStore();
    requests.take([startOf(stream, 3, 'x'), answered(stream, 'a', appended), startOf(stream, 3, 'x')], 0);
    expect(requests.latestSeen.index).toBe(2);
    requests.take([startOf(stream, 3, 'y')], 0);
    expect(requests.latestSeen.index).toBe(0);
  });

  it('follows a conflict, and the client entries of a range', async () => {
    const lab = labThatAnswers((command) =>
      command.type === 'append'
        ? {
            ok: false,
            failure: { code: 'conflict', message: 'Another came first.', lastClientEntry: { index: 4, term: 2 } },
          }
        : {
            ok: true,
            value: {
              kind: 'index-range',
              appliedIndex: 9,
              entries: [
                { index: 8, term: 3, kind: 'client', payload: new Uint8Array([1]) },
                { index: 9, term: 3, kind: 'noop', payload: new Uint8Array() },
              ],
            },
          },
    );
    const requests = useRequestsStore();
    await requests.append(0, {
      kind: 'append',
      entries: [new Uint8Array([1])],
      expect: { prevLogIndex: 9, prevLogTerm: 9 },
    });
    expect(requests.latestSeen).toEqual({ index: 4, term: 2 });
    await requests.readRange(0, { kind: 'index-range', startIndex: 0, endIndex: 9 });
    expect(requests.latestSeen).toEqual({ index: 8, term: 3 });
    expect(lab.commands.map(({ type }) => type)).toEqual(['append', 'index-range']);
  });
});

describe('repeatable', () => {
  it('is in full what this page sent', async () => {
    labThatAnswers(() => ({ ok: true, value: { kind: 'append', firstIndex: 2, lastIndex: 3, term: 1 } }));
    const stream = pageStream();
    const requests = useRequestsStore();
    const entries = ['foo', 'bar'].map((text) => new TextEncoder().encode(text));
    await requests.append(1, { kind: 'append', entries });
    const request = { kind: 'append', entryCount: 2, payloadBytes: 6, preview: 'foo' } as const;
    requests.take([stream.next(labSourceId, { type: 'request-sent', requestId: 'a', target: 1, request })], 0);
    const [record] = requests.history;
    expect(record && requests.repeatable(record)).toEqual({ kind: 'append', entries });
  });

  it('of another page only what the stream tells whole', () => {
    const stream = pageStream();
    const requests = useRequestsStore();
    const cut = { kind: 'append', entryCount: 1, payloadBytes: 900, preview: 'foo…' } as const;
    const range = { kind: 'index-range', startIndex: 0, endIndex: 5, read: 'local' } as const;
    requests.take(
      [
        sent(stream, 'whole', 'grün'),
        sent(stream, 'several', 'foo', 2),
        sent(stream, 'bytes', '0xff'),
        stream.next(labSourceId, { type: 'request-sent', requestId: 'cut', target: 1, request: cut }),
        stream.next(labSourceId, { type: 'request-sent', requestId: 'range', target: 1, request: range }),
      ],
      0,
    );
    const known = Object.fromEntries(requests.history.map((record) => [record.requestId, requests.repeatable(record)]));
    expect(known).toEqual({
      whole: { kind: 'append', entries: [new TextEncoder().encode('grün')] },
      several: undefined,
      bytes: undefined,
      cut: undefined,
      range,
    });
  });
});
