import { describe, expect, it } from 'vitest';
import { required } from '../../../shared/assert.ts';
import { labSourceId } from '../../../shared/ids.ts';
import { describeEvent, searchTextOf, subjectOf } from '../../../shared/projection/log-line.ts';
import type { LabEvent } from '../../../shared/event.ts';
import { aboutOf } from '../../../renderer/log-worker/line-about.ts';
import { chunkLines, type KeptLine } from '../../../renderer/log-worker/log-chunk.ts';
import { heldLines, LogStore, rowOf } from '../../../renderer/log-worker/log-store.ts';
import { pageStream } from '../../support/page-events.ts';

function kept(event: LabEvent, position = 7): KeptLine {
  return {
    timeNs: event.timeNs,
    position,
    node: event.node,
    subject: subjectOf(event),
    line: describeEvent(event),
    about: aboutOf(event),
  };
}

const stream = pageStream();
const debugLine = kept(stream.applied(0, 1)[0] ?? stream.next(0, { type: 'node-stopping', reason: '' }));
const errorLine = kept(stream.next(0, { type: 'assertion-failed', reason: '' }));

function filled(store: LogStore, lines: number, line: KeptLine = debugLine): LogStore {
  for (let count = 0; count < lines; count += 1) store.push(line);
  return store;
}

describe('a line', () => {
  const events: LabEvent[] = [
    stream.next(2, {
      type: 'commit-advanced',
      from: 4,
      to: 6,
      term: 1,
      reason: 'a majority → “yes”',
      rule: 'own-term-commit',
    }),
    stream.next(labSourceId, { type: 'node-launched', target: 1 }),
    stream.next(1, { type: 'node-stopping', reason: '日本' }),
    stream.next(0, {
      type: 'datagram-received',
      from: 1,
      fromBoot: 3,
      datagram: 12,
      uuid: '',
      bytes: 9,
      message: { kind: 'append-entries', round: 1, prevLogIndex: 4, entryCount: 2 },
    }),
    stream.next(labSourceId, {
      type: 'request-sent',
      requestId: 'r1',
      target: 2,
      request: { kind: 'index-range', startIndex: 0, endIndex: 1, read: 'local' },
    }),
  ];

  it.each(events)('of $type is given back as it was described, before its chunk is full and after', (event) => {
    for (const others of [0, chunkLines]) {
      const store = new LogStore(chunkLines * 4);
      store.push(kept(event));
      filled(store, others);
      const row = required(rowOf(store, 0), 'the line is held');
      const { text, level, target } = row;
      expect({ text, level, target }).toEqual(describeEvent(event));
      expect(row).toMatchObject({
        number: 0,
        position: 7,
        timeNs: event.timeNs,
        node: event.node,
        subject: subjectOf(event),
      });
      expect(row.about).toEqual(JSON.parse(JSON.stringify(aboutOf(event))));
      expect(store.chunkOf(0)?.textAt(0)).toBe(searchTextOf(event));
    }
  });

  it('may be a gap', () => {
    const store = new LogStore(10);
    store.pushGap({ level: 'warn', missed: 5, timeNs: 3 });
    expect(rowOf(store, 0)).toMatchObject({ timeNs: 3, position: -1, level: 'warn', text: '', gap: { missed: 5 } });
  });
});

describe('bounds', () => {
  it('keeps as many lines as asked and less than a chunk more; numbers stay, errors are counted', () => {
    const store = new LogStore(2 * chunkLines);
    filled(store, 3, errorLine);
    filled(store, 3 * chunkLines + 1);
    expect(store.count).toBeGreaterThanOrEqual(2 * chunkLines);
    expect(store.count).toBeLessThanOrEqual(3 * chunkLines);
    expect(store.errorCount).toBe(0);
    expect(rowOf(store, 0)).toBeUndefined();
    expect(rowOf(store, store.firstNumber)?.number).toBe(store.firstNumber);
    expect(rowOf(store, store.nextNumber)).toBeUndefined();
    expect(filled(store, 2, errorLine).errorCount).toBe(2);
  });

  it('never gives a number twice, also when it is emptied', () => {
    const store = filled(new LogStore(chunkLines), 10);
    store.clear();
    expect([store.count, rowOf(store, 9)]).toEqual([0, undefined]);
    store.push(errorLine);
    expect(rowOf(store, chunkLines)?.level).toBe('error');
    expect(store.count).toBe(1);
  });
});

describe('a held moment', () => {
  it('stays readable while everything else falls out', () => {
    const store = filled(new LogStore(chunkLines), 10);
    const held = store.hold();
    filled(store, 3 * chunkLines);
    expect([held.firstNumber, held.nextNumber]).toEqual([0, 10]);
    expect(rowOf(held, 9)?.number).toBe(9);
    expect([rowOf(held, 10), rowOf(store, 9)]).toEqual([undefined, undefined]);
  });

  it('keeps no more than its share', () => {
    const store = filled(new LogStore(heldLines + 2 * chunkLines), heldLines + 2 * chunkLines);
    const held = store.hold();
    expect(held.firstNumber).toBe(store.firstNumber);
    filled(store, heldLines + 4 * chunkLines);
    expect(held.nextNumber - held.firstNumber).toBeLessThanOrEqual(heldLines);
  });

  it('outlives an emptied log', () => {
    const store = filled(new LogStore(chunkLines), 10);
    const held = store.hold();
    store.clear();
    expect(rowOf(held, 3)?.number).toBe(3);
  });
});
