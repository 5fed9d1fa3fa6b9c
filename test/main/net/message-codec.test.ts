import * as fc from 'fast-check';
import { Packr } from 'msgpackr';
import { describe, expect, it } from 'vitest';
import type { Decoded } from '../../../main/net/decoded.ts';
import { decodeMessage, encodeMessage } from '../../../main/net/message-codec.ts';
import { messageKinds } from '../../../main/net/message-kinds.ts';
import { describeNonsense } from '../../../main/net/message-sense.ts';
import { headerBytes } from '../../../main/net/wire-header.ts';
import { AssertionError } from '../../../shared/assert.ts';
import { limits } from '../../../shared/cluster-config.ts';
import { entryBytes } from '../../../shared/log-entry.ts';
import type { AppendEntries, MessageKind, RaftMessage } from '../../../shared/raft-message.ts';
import { arbitraryCall, arbitraryCallReply } from './client-arbitraries.ts';
import { arbitraryMessage } from './message-arbitraries.ts';
import { exampleMessages } from './message-examples.ts';

const sender = 3;
const examples = exampleMessages(sender);
const foo = new TextEncoder().encode('foo');
const tooLong = new Uint8Array(limits.entryPayloadBytesMax + 1);
const many = (count: number, what: unknown): unknown[] => Array.from({ length: count }, () => what);
const packr = new Packr({ useRecords: false });

/** The fields of a good install-snapshot, but for `changes` by their place. */
function snapshotFields(changes: Readonly<Record<number, unknown>>): unknown[] {
  const fields: unknown[] = [5, 1, 9, 4, [2, 0, 0, 1, 0, 2, 0], 8, 100, 50, foo];
  return fields.map((field, place) => changes[place] ?? field);
}

function roundTrip(message: RaftMessage): Decoded<RaftMessage> {
  return decodeMessage(message.kind, encodeMessage(message).subarray(headerBytes), sender);
}

function decodeFields(kind: MessageKind, fields: unknown): Decoded<RaftMessage> {
  return decodeMessage(kind, packr.pack(fields), sender);
}

describe('the message codec', () => {
  it.each(messageKinds)('brings a %s back as it was', (kind) => {
    expect(roundTrip(examples[kind])).toEqual({ ok: true, value: examples[kind] });
  });

  it('brings any message back as it was, and any message of a correct server makes sense', () => {
    fc.assert(
      fc.property(arbitraryMessage(sender), (message) => {
        expect(roundTrip(message)).toEqual({ ok: true, value: message });
        expect(describeNonsense(message, undefined)).toBeUndefined();
      }),
      { numRuns: 2_000 },
    );
  });

  it.each([
    ['call', arbitraryCall],
    ['answers', arbitraryCallReply],
  ])("brings any client's %s back as they were", (_what, arbitrary) => {
    fc.assert(
      fc.property<[RaftMessage]>(arbitrary, (message) => {
        expect(roundTrip(message)).toEqual({ ok: true, value: message });
      }),
      { numRuns: 1_000 },
    );
  });

  it('refuses every message that is cut off anywhere', () => {
    for (const kind of messageKinds) {
      const body = encodeMessage(examples[kind]).subarray(headerBytes);
      for (let length = 0; length < body.length; length += 1) {
        expect(decodeMessage(kind, body.subarray(0, length), sender), `${kind}, ${length} bytes`).toMatchObject({
          ok: false,
          why: 'malformed',
        });
      }
    }
  });

  it('refuses every message with a field too many or too few', () => {
    for (const kind of messageKinds) {
      const fields = packr.unpack(encodeMessage(examples[kind]).subarray(headerBytes)) as unknown[];
      for (const wrong of [[...fields, 0], fields.slice(0, -1), []]) {
        expect(decodeFields(kind, wrong), `${kind} with ${wrong.length} fields`).toMatchObject({
          ok: false,
          why: 'malformed',
        });
      }
    }
  });

  it('refuses every field of another type', () => {
    for (const kind of messageKinds) {
      const fields = packr.unpack(encodeMessage(examples[kind]).subarray(headerBytes)) as unknown[];
      fields.forEach((right, place) => {
        for (const wrong of [
          'text',
          0.5,
          -1,
          2 ** 53,
          Number.NaN,
          [true],
          right instanceof Uint8Array ? null : new Uint8Array(2),
          {},
        ]) {
          expect(
            decodeFields(kind, fields.with(place, wrong)),
            `${kind}[${place}] = ${JSON.stringify(wrong)}`,
          ).toMatchObject({ ok: false, why: 'malformed' });
        }
      });
    }
  });

  it('gives payloads memory of their own', () => {
    const body = Uint8Array.from(encodeMessage(examples['append-entries']).subarray(headerBytes));
    const decoded = decodeMessage('append-entries', body, sender);
    body.fill(0xff);
    expect(decoded).toEqual({ ok: true, value: examples['append-entries'] });
    const entries = decoded.ok && decoded.value.kind === 'append-entries' ? decoded.value.entries : [];
    // One copy for all of them: they share it, and nothing else is in it.
    expect(entries.map(({ payload }) => payload.buffer.byteLength)).toEqual([0, 10, 10, 10, 0, 0, 0]);
  });

  it('never gives the bytes of one message to another', () => {
    const first = encodeMessage(examples['append-entries']);
    const before = Uint8Array.from(first);
    for (let count = 0; count < 1_000; count += 1) encodeMessage(examples['forward-append']).fill(0xee, 0, headerBytes);
    expect(Uint8Array.from(first)).toEqual(before);
  });

  it('takes the largest AppendEntries that the limits allow in one datagram', () => {
    const payload = new Uint8Array(
      limits.appendEntriesBytesMax / limits.appendEntriesCountMax - entryBytes({ payload: new Uint8Array(0) }),
    ).fill(7);
    const message: AppendEntries = {
      kind: 'append-entries',
      term: limits.termMax,
      round: Number.MAX_SAFE_INTEGER,
      leaderId: sender,
      prevLogIndex: limits.indexMax - limits.appendEntriesCountMax,
      prevLogTerm: limits.termMax,
      leaderCommit: limits.indexMax,
      entries: Array.from({ length: limits.appendEntriesCountMax }, (_, place) => ({
        index: limits.indexMax - limits.appendEntriesCountMax + 1 + place,
        term: limits.termMax,
        kind: 'client' as const,
        payload,
        expect: { prevLogIndex: limits.indexMax, prevLogTerm: limits.termMax },
        session: { sessionId: limits.indexMax, sequence: limits.indexMax, lowestOpen: limits.indexMax },
        more: true,
      })),
    };
    expect(encodeMessage(message).byteLength).toBeLessThanOrEqual(limits.datagramBytesMax);
    expect(roundTrip(message)).toEqual({ ok: true, value: message });
  });

  it.each<[string, MessageKind, unknown[], string]>([
    ['an entry of term 0', 'append-entries', [5, 1, 0, 0, 0, [0, 3], foo], 'its first entry has no term'],
    ['an entry over its limit', 'append-entries', [5, 1, 1, 5, 0, [0, tooLong.length], tooLong], "an entry's length"],
    ['an entry that is a list', 'append-entries', [5, 1, 1, 5, 0, [[0]], foo], "an entry's form"],
    ['entries without payloads', 'append-entries', [5, 1, 1, 5, 0, [], 0], 'payloads is not'],
    [
      'too many entries',
      'append-entries',
      [5, 1, 1, 5, 0, many(limits.appendEntriesCountMax * 2 + 2, 0), new Uint8Array(0)],
      'more entries than 512',
    ],
    ['entries past the last index', 'append-entries', [5, 1, limits.indexMax, 5, 0, [0, 3], foo], 'prevLogIndex'],
    ['a forwarded append of nothing', 'forward-append', [5, 1, []], 'entries is not a list of 1 to'],
    [
      'a forwarded append of too many',
      'forward-append',
      [5, 1, many(limits.entriesPerRequestMax + 1, foo)],
      'entries is',
    ],
    [
      'a forwarded append of too much',
      'forward-append',
      [5, 1, many(2, new Uint8Array(600_000)), null, null],
      'need 1200160 bytes',
    ],
    ['a forwarded append of a number', 'forward-append', [5, 1, [7]], 'an entry is not a byte string'],
    ['half an expectation', 'forward-append', [5, 1, [foo], [5], null], 'prevLogTerm'],
    ['more than an expectation', 'forward-append', [5, 1, [foo], [5, 1, 1], null], 'expect has 3 fields'],
    ['a session of request 0', 'forward-append', [5, 1, [foo], null, [1, 0, 1]], 'sequence'],
    ['a folder without a number', 'request-vote-reply', [5, 1, 0, true], 'storage'],
    ['a folder with too large a number', 'append-entries-reply', [5, 1, 2 ** 48, true, 1, 0, 0], 'storage'],
    ['an unknown mode of reading', 'read-index', [5, 1, 2], 'mode'],
    ['a snapshot of nothing', 'install-snapshot', snapshotFields({ 2: 0 }), 'lastIncludedIndex'],
    ['a snapshot without voters', 'install-snapshot', snapshotFields({ 4: [0, 0, 0] }), 'the number of voters'],
    ['a longer configuration', 'install-snapshot', snapshotFields({ 4: [1, 0, 0, 1, 0, 2, 0] }), 'configuration has 7'],
    ['a configuration from behind the snapshot', 'install-snapshot', snapshotFields({ 5: 10 }), 'configurationIndex'],
    ['a snapshot over its limit', 'install-snapshot', snapshotFields({ 6: 256 * 1024 * 1024 + 1 }), 'totalBytes'],
    ['a chunk behind the end', 'install-snapshot', snapshotFields({ 7: 101 }), 'offset'],
    ['a chunk beyond the end', 'install-snapshot', snapshotFields({ 7: 98 }), 'data is not a byte string of at most 2'],
    [
      'a chunk over its limit',
      'install-snapshot',
      snapshotFields({ 6: 1_000_000, 8: new Uint8Array(48 * 1024 + 1) }),
      'data is not',
    ],
    ['more of a snapshot than there can be', 'install-snapshot-reply', [5, 1, 7, 9, 4, 2 ** 40, true], 'nextOffset'],
    ['an answer that ends before it begins', 'forward-append-reply', [1, [5, 4, 1], null], 'lastIndex'],
    ['neither answer nor failure', 'forward-append-reply', [1, null, null], 'either an answer or a failure'],
    [
      'both answer and failure',
      'forward-append-reply',
      [1, [5, 5, 1], [0, 'why', null, null, null]],
      'either an answer or a failure',
    ],
    ['an unknown failure code', 'forward-append-reply', [1, null, [13, 'why', null, null, null]], 'failure code'],
    [
      'a failure that talks too long',
      'forward-append-reply',
      [1, null, [0, 'x'.repeat(1_001), null, null, null]],
      'failure message',
    ],
  ])('refuses %s', (_what, kind, fields, reason) => {
    expect(decodeFields(kind, fields)).toEqual({
      ok: false,
      why: 'malformed',
      reason: expect.stringMatching(new RegExp(`^This ${kind} is malformed: .*${reason}.*\\.$`)),
    });
  });

  it('takes the largest configuration and chunk that the limits allow in one datagram', () => {
    const servers = (count: number) =>
      Array.from({ length: count }, (_, at) => ({ id: 60_000 + at, storage: 2 ** 47 }));
    const message: RaftMessage = {
      kind: 'install-snapshot',
      term: limits.termMax,
      round: Number.MAX_SAFE_INTEGER,
      leaderId: sender,
      lastIncludedIndex: 2 ** 50,
      lastIncludedTerm: limits.termMax,
      configuration: {
        voters: servers(limits.nodesMax),
        outgoing: servers(limits.nodesMax),
        learners: servers(limits.learnersMax),
      },
      configurationIndex: 2 ** 50,
      offset: limits.snapshotBytesMax - limits.snapshotChunkBytesMax,
      totalBytes: limits.snapshotBytesMax,
      data: new Uint8Array(limits.snapshotChunkBytesMax),
    };
    expect(encodeMessage(message).byteLength).toBeLessThanOrEqual(limits.datagramBytesMax);
    expect(roundTrip(message)).toEqual({ ok: true, value: message });
  });

  it('refuses forms that the library would read but never writes for us', () => {
    const timeoutNow = packr.pack([5, 1]);
    const asLongArray = Buffer.concat([Buffer.from('dd00000002', 'hex'), timeoutNow.subarray(1)]);
    expect(packr.unpack(asLongArray)).toEqual([5, 1]);
    expect(decodeMessage('timeout-now', timeoutNow, sender).ok).toBe(true);
    expect(decodeMessage('timeout-now', asLongArray, sender)).toMatchObject({ ok: false, why: 'malformed' });
  });

  it('cuts a failure that talks too long before it sends it', () => {
    const failure = { code: 'internal', message: 'x'.repeat(5_000) } as const;
    expect(roundTrip({ kind: 'forward-append-reply', round: 1, failure })).toMatchObject({
      value: { failure: { message: 'x'.repeat(limits.failureMessageCharsMax) } },
    });
  });

  it('does not send a reply that says nothing', () => {
    expect(() => encodeMessage({ kind: 'forward-append-reply', round: 1 })).toThrow(AssertionError);
  });
});
