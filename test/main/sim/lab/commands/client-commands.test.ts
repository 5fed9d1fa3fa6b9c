import { describe, expect, it } from 'vitest';
import { DrivenLab, startDrivenLab } from '../../../../support/sim-lab.ts';

describe('append and index-range', () => {
  it("stand in the stream from the client's point of view, with digests", () => {
    const driven = startDrivenLab(3);
    const appended = driven.do({ type: 'append', node: 1, entries: ['foo', new Uint8Array([0xff])] });
    const { entries } = driven.do({ type: 'index-range', node: 2, startIndex: 0, endIndex: 9 });
    expect(entries.map(({ index }) => index)).toEqual([appended.firstIndex, appended.lastIndex]);
    const [append, read] = driven.eventsOf('request-sent');
    expect(append).toMatchObject({
      requestId: 'r1',
      target: 1,
      request: { kind: 'append', entryCount: 2, payloadBytes: 4, preview: 'foo' },
    });
    expect(read?.request).toEqual({ kind: 'index-range', startIndex: 0, endIndex: 9, read: 'linearizable' });
    const digests = append?.request.kind === 'append' ? append.request.digests : undefined;
    const answers = driven.eventsOf('request-answered');
    expect(answers[0]?.outcome).toMatchObject({ kind: 'appended', lastIndex: appended.lastIndex });
    expect(answers[0]?.latencyNs).toBeGreaterThan(0);
    expect(answers[1]?.outcome).toMatchObject({
      kind: 'range',
      entryCount: 2,
      entries: digests?.map((digest, position) => ({ index: appended.firstIndex + position, digest })),
    });
  });

  it('are refused before anything is sent when they make no sense', () => {
    const driven = startDrivenLab(3);
    expect(driven.ask({ type: 'index-range', node: 0, startIndex: 5, endIndex: 2 })).toMatchObject({ ok: false });
    driven.do({ type: 'stop-node', node: 0 });
    expect(driven.append(0, 'a')).toMatchObject({
      failure: { code: 'not-running', message: 'Node 0 is not running. Start it, or ask another node.' },
    });
    expect(new DrivenLab().append(0, 'a')).toMatchObject({ failure: { code: 'not-running' } });
    expect(driven.eventsOf('request-sent')).toEqual([]);
    expect(driven.eventsOf('command-refused').map(({ command }) => command)).toEqual([
      'index-range at node 0',
      'append at node 0',
    ]);
  });

  it('say what stands there instead when a condition fails', () => {
    const driven = startDrivenLab(3);
    driven.append(0, 'a');
    const expected = { prevLogIndex: 0, prevLogTerm: 0 };
    const result = driven.ask({ type: 'append', node: 0, entries: ['b'], expect: expected });
    expect(result).toMatchObject({ ok: false, failure: { code: 'conflict' } });
    expect(driven.eventsOf('request-answered').at(-1)?.outcome).toMatchObject({ kind: 'failed', outcomeKnown: true });
    expect(driven.eventsOf('command-refused')).toEqual([]);
  });
});
