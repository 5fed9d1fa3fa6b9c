import { describe, expect, it } from 'vitest';
import { unknownDigest } from '../../../main/check/payload-digest.ts';
import { HistoryRecorder } from '../../../main/check/history.ts';
import type { EventBody, EventOf, LabEvent } from '../../../shared/event.ts';
import { labSourceId } from '../../../shared/ids.ts';

type Request = EventOf<'request-sent'>['request'];
type Outcome = EventOf<'request-answered'>['outcome'];

class Lab {
  readonly recorder: HistoryRecorder;
  #sequence = 0;

  constructor(operationsMax?: number) {
    this.recorder = new HistoryRecorder(operationsMax);
  }

  tell(body: EventBody, skipped = 0): LabEvent {
    this.#sequence += 1 + skipped;
    const time = this.#sequence * 10;
    const event = { node: labSourceId, boot: 1, sequence: this.#sequence, timeNs: time, lamport: time, ...body };
    this.recorder.observe(event);
    return event;
  }

  ask(requestId: string, request: Request): LabEvent {
    return this.tell({ type: 'request-sent', requestId, target: 2, client: 7, request });
  }

  answer(requestId: string, outcome: Outcome): LabEvent {
    return this.tell({ type: 'request-answered', requestId, target: 2, latencyNs: 10, outcome });
  }
}

const append: Request = { kind: 'append', entryCount: 2, payloadBytes: 2, preview: 'ab', digests: [4, 5] };
const range: Request = { kind: 'index-range', startIndex: 1, endIndex: 9, read: 'lease' };
const failed = { kind: 'failed', code: 'conflict', outcomeKnown: true, message: 'x' } as const;

describe('HistoryRecorder', () => {
  it('joins a request and its answer', () => {
    const lab = new Lab();
    const events = [lab.ask('a', append), lab.answer('a', { kind: 'appended', firstIndex: 3, lastIndex: 4, term: 1 })];
    expect(lab.recorder.operations()).toEqual([
      {
        kind: 'append',
        requestId: 'a',
        client: 7,
        target: 2,
        invokedNs: 10,
        completedNs: 20,
        digests: [4, 5],
        outcome: { kind: 'ok', firstIndex: 3, lastIndex: 4, term: 1 },
        events,
      },
    ]);
    expect(lab.recorder.complete).toBe(true);
  });

  it('tells refusals, failures and unknown outcomes apart', () => {
    const lab = new Lab();
    for (const id of ['refused', 'failed', 'lost', 'open']) lab.ask(id, append);
    lab.answer('refused', { ...failed, lastClientEntry: { index: 2, term: 1 } });
    lab.answer('failed', { ...failed, code: 'no-leader' });
    lab.answer('lost', { ...failed, code: 'timed-out', outcomeKnown: false });
    expect(lab.recorder.operations()).toMatchObject([
      { outcome: { kind: 'conflict', last: { index: 2, term: 1 } } },
      { outcome: { kind: 'failed', code: 'no-leader' } },
      { outcome: { kind: 'unknown' }, completedNs: 70 },
      { outcome: { kind: 'unknown' }, completedNs: Infinity },
    ]);
  });

  it('takes reads in with what they showed', () => {
    const lab = new Lab();
    for (const id of ['shown', 'gone', 'failed']) lab.ask(id, range);
    const entries = [{ index: 1, term: 1, digest: 4 }];
    lab.answer('shown', { kind: 'range', entryCount: 1, appliedIndex: 3, continueAt: 2, entries });
    lab.answer('gone', { ...failed, code: 'compacted', firstIndex: 6 });
    lab.answer('failed', { ...failed, code: 'no-leader' });
    expect(lab.recorder.operations()).toMatchObject([
      {
        kind: 'read',
        mode: 'lease',
        startIndex: 1,
        endIndex: 9,
        outcome: { kind: 'ok', appliedIndex: 3, continueAt: 2, entries },
      },
      { outcome: { kind: 'compacted', firstIndex: 6 } },
      { outcome: { kind: 'failed' } },
    ]);
  });

  it('is not complete without payloads, over a gap, without the request of an answer, and past its limit', () => {
    const bare = new Lab();
    bare.ask('a', { kind: 'append', entryCount: 2, payloadBytes: 2, preview: 'ab' });
    expect(bare.recorder.operations()).toMatchObject([{ digests: [unknownDigest, unknownDigest] }]);
    const gap = new Lab();
    gap.tell({ type: 'cluster-stopped', reason: 'x' }, 1);
    const orphan = new Lab();
    orphan.answer('a', failed);
    const full = new Lab(1);
    for (const id of ['a', 'b']) full.ask(id, append);
    expect([bare, gap, orphan, full].map(({ recorder }) => recorder.complete)).toEqual([false, false, false, false]);
    expect(full.recorder.operations()).toHaveLength(1);
  });
});
