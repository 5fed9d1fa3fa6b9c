/** Appends and ranges on real nodes: threads, UDP and disk. */
import { afterEach, describe, expect, it } from 'vitest';
import { limits } from '../../../../shared/cluster-config.ts';
import { failureOf, RealLabs, textsOf, valueOf } from '../../../support/real-lab.ts';

const labs = new RealLabs();

afterEach(() => labs.closeAll());

describe('a client', () => {
  it('elects a leader, appends through any node and answers the range', async () => {
    const real = await labs.start(3);
    const leaderId = await real.leader();
    const other = (leaderId + 1) % 3;
    const appended = valueOf(
      await real.lab.execute({ type: 'append', node: other, entries: ['foo', new Uint8Array([0xff, 0])] }),
    );
    expect(appended.lastIndex).toBe(appended.firstIndex + 1);
    for (const node of [0, 1, 2]) {
      const range = valueOf(await real.lab.execute({ type: 'index-range', node, startIndex: 0, endIndex: 5 }));
      expect(range.entries.map(({ index, term }) => [index, term])).toEqual([
        [appended.firstIndex, appended.term],
        [appended.lastIndex, appended.term],
      ]);
      expect(textsOf(range)[0]).toBe('foo');
      expect([...(range.entries[1]?.payload ?? [])]).toEqual([0xff, 0]);
    }
    await expect.poll(() => real.events.filter((event) => event.type === 'request-answered')).toHaveLength(4);
    expect(real.events.filter((event) => event.type === 'request-sent')).toMatchObject([
      { requestId: 'r1', target: other, request: { kind: 'append', entryCount: 2, payloadBytes: 5, preview: 'foo' } },
      { requestId: 'r2', request: { kind: 'index-range', startIndex: 0, endIndex: 5, read: 'linearizable' } },
      { requestId: 'r3' },
      { requestId: 'r4' },
    ]);
    expect(real.events.filter((event) => event.type === 'request-answered')).toMatchObject([
      { requestId: 'r1', outcome: { kind: 'appended', firstIndex: appended.firstIndex } },
      { outcome: { kind: 'range', entryCount: 2 } },
      {},
      {},
    ]);
  });

  it('runs with one node', async () => {
    const real = await labs.start(1);
    await real.leader();
    valueOf(await real.lab.execute({ type: 'append', node: 0, entries: ['alone'] }));
    expect(
      textsOf(valueOf(await real.lab.execute({ type: 'index-range', node: 0, startIndex: 1, endIndex: 5 }))),
    ).toEqual(['alone']);
  });

  it('names the problem of each request that makes no sense, and sends nothing', async () => {
    const real = await labs.start(3);
    const ask = async (command: Parameters<typeof real.lab.execute>[0]): Promise<string> => {
      const failure = failureOf(await real.lab.execute(command));
      return `${failure.code}: ${failure.message}`;
    };
    expect(await ask({ type: 'index-range', node: 0, startIndex: 7, endIndex: 3 })).toMatch(/^invalid: .*7.*3/);
    const large = await ask({ type: 'append', node: 0, entries: ['x'.repeat(limits.entryPayloadBytesMax + 1)] });
    expect(large).toMatch(/^too-large: .*1048577.*1048576/);
    const unknown = 'invalid: There is no node 7 in this cluster; it has nodes 0, 1 and 2.';
    expect(await ask({ type: 'append', node: 7, entries: ['x'] })).toBe(unknown);
    expect(await ask({ type: 'crash-node', node: 7 })).toBe(unknown);
    expect(await ask({ type: 'cut-link', link: { from: 0, to: 7 } })).toBe(unknown);
    expect(await ask({ type: 'cut-link', link: { from: 1, to: 1 } })).toBe(
      'invalid: Node 1 has no link to itself: it sends itself nothing.',
    );
    expect(await ask({ type: 'start-node', node: 1 })).toBe('invalid: Node 1 is already running.');
    expect(await ask({ type: 'append', node: 0, entries: [] })).toMatch(/^invalid: entries/);
    const timings = { electionTimeoutMinMs: 100, electionTimeoutMaxMs: 100, heartbeatIntervalMs: 10 };
    expect(await ask({ type: 'start-cluster', nodes: 3, timings })).toMatch(/^invalid: electionTimeoutMaxMs/);
    expect(real.eventsOf('request-sent')).toEqual([]);
    expect(real.lab.snapshot().view.status).toBe('running');
  });
});
