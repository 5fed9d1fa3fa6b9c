import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nodeIdMax } from '../../../shared/ids.ts';
import { encodeRecord, readRecord, recordBytes, recordTarget } from '../../../main/disk/record.ts';
import type { DiskRecord } from '../../../main/disk/record.ts';
import { sealFrame } from '../../../main/disk/frame.ts';

const integer = fc.maxSafeNat();
const hardState = fc.record({ term: integer, votedFor: fc.option(fc.nat(nodeIdMax)) });
const entry = fc.record(
  {
    index: integer,
    term: integer,
    kind: fc.constantFrom('client' as const, 'noop' as const),
    payload: fc.uint8Array({ maxLength: 200 }),
    expect: fc.record({ prevLogIndex: integer, prevLogTerm: integer }, { noNullPrototype: true }),
    continues: fc.constant(true),
  },
  { requiredKeys: ['index', 'term', 'kind', 'payload'], noNullPrototype: true },
);
const header = fc.record({
  storageId: fc.uuid(),
  segment: fc.nat(0xff_ff_ff_ff),
  previousSegmentBytes: fc.nat(0xff_ff_ff_ff),
  lastIndex: integer,
  lastTerm: integer,
  hardState,
});
const record: fc.Arbitrary<DiskRecord> = fc.oneof(
  fc.record({ type: fc.constant('entry' as const), entry }),
  fc.record({ type: fc.constant('truncate' as const), fromIndex: integer }),
  fc.record({ type: fc.constant('hard-state' as const), hardState }),
  fc.record({ type: fc.constant('segment-header' as const), header }),
  fc.record({ type: fc.constant('meta' as const), storageId: fc.uuid(), boot: integer }),
);
const place = { seed: 0xdeadbeef, offset: 300 };

function encoded(record: DiskRecord): Uint8Array {
  const bytes = new Uint8Array(recordBytes(record));
  expect(encodeRecord(recordTarget(bytes), 0, record, place, 200)).toBe(bytes.length);
  return bytes;
}

describe('records', () => {
  it('come back as they were', () => {
    fc.assert(
      fc.property(record, (record) => {
        expect(readRecord(encoded(record), 0, place)).toEqual(record);
      }),
    );
  });

  it('are found in the middle of other bytes', () => {
    const record: DiskRecord = { type: 'truncate', fromIndex: 7 };
    const bytes = new Uint8Array(recordBytes(record) + 20).fill(0xaa);
    encodeRecord(recordTarget(bytes), 5, record, place, 200);
    expect(readRecord(bytes, 5, place)).toEqual(record);
    expect(readRecord(bytes, 4, place)).toBeUndefined();
  });

  it('are refused with any bit flipped, at any byte', () => {
    fc.assert(
      fc.property(record, fc.nat(), fc.nat(7), (record, position, bit) => {
        const bytes = encoded(record);
        const at = position % bytes.length;
        bytes[at] = (bytes[at] ?? 0) ^ (1 << bit);
        expect(readRecord(bytes, 0, place)).toBeUndefined();
      }),
    );
  });

  it('are refused cut short, at any byte', () => {
    const bytes = encoded({ type: 'hard-state', hardState: { term: 3, votedFor: null } });
    for (let length = 0; length < bytes.length; length += 1)
      expect(readRecord(bytes.subarray(0, length), 0, place)).toBeUndefined();
  });

  it('are refused whole when their body makes no sense', () => {
    const bytes = encoded({ type: 'entry', entry: { index: 1, term: 1, kind: 'noop', payload: new Uint8Array(0) } });
    for (const [at, value] of [
      [16 + 16, 9],
      [16 + 17, 16],
      [16 + 17, 1],
      [16 + 7, 0x7f],
    ] as const) {
      const changed = bytes.slice();
      changed[at] = value;
      sealFrame(recordTarget(changed).view, 0, place, { type: 1, bodyBytes: bytes.length - 16, flushOffset: 200 });
      expect(readRecord(changed, 0, place)).toBeUndefined();
    }
    sealFrame(recordTarget(bytes).view, 0, place, { type: 99, bodyBytes: bytes.length - 16, flushOffset: 200 });
    expect(readRecord(bytes, 0, place)).toBeUndefined();
  });
});
