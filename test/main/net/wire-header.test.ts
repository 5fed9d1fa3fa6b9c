import { parse } from 'uuid';
import { describe, expect, it } from 'vitest';
import {
  datagramNumberOf,
  decodeHeader,
  encodeHeader,
  headerBytes,
  wireVersion,
  type WireHeader,
} from '../../../main/net/wire-header.ts';
import { messageKinds } from '../../../main/net/message-kinds.ts';
import { limits } from '../../../shared/cluster-config.ts';

const clusterId = parse('0f0e0d0c-0b0a-4908-8706-050403020100');
const header: WireHeader = {
  kind: 'append-entries',
  senderId: 0x0102,
  receiverId: 0x2122,
  receiverBoot: 0x23242526,
  fragment: 1,
  fragments: 3,
  boot: 0x03040506,
  datagram: 0x0708090a0b0c,
  lamport: 0x0d0e0f101112,
  uuid: '11111111-2222-4333-8444-555555555555',
};

function encoded(change: Partial<WireHeader> = {}): Uint8Array {
  const target = new Uint8Array(headerBytes);
  encodeHeader({ ...header, ...change }, clusterId, target);
  return target;
}

function withByte(offset: number, byte: number): Uint8Array {
  const bytes = encoded();
  bytes[offset] = byte;
  return bytes;
}

describe('the wire header', () => {
  it('has the bytes of the table in README.md', () => {
    expect(Buffer.from(encoded()).toString('hex')).toBe(
      [
        '524c', // magic
        '03', // version
        '00'.repeat(16), // tag, still to come
        '03', // append-entries
        '0f0e0d0c0b0a49088706050403020100', // cluster
        '0102', // sender
        '2122', // receiver
        '03040506', // boot
        '23242526', // receiver's boot
        '0708090a0b0c', // datagram
        '0d0e0f101112', // Lamport
        '0001', // fragment
        '0003', // fragments
        '11111111222243338444555555555555', // uuid
      ].join(''),
    );
  });

  it('comes back as it was written, at the limits too', () => {
    for (const kind of messageKinds) {
      for (const change of [
        { senderId: 0, boot: 1, datagram: 1, lamport: 0, receiverBoot: 0, fragment: 0, fragments: 1 },
        { senderId: 65_535, boot: 2 ** 32 - 1, datagram: 2 ** 48 - 1, lamport: 2 ** 48 - 1 },
      ]) {
        expect(decodeHeader(encoded({ kind, ...change }), clusterId, null)).toEqual({
          ok: true,
          value: { ...header, kind, ...change },
        });
      }
    }
  });

  it('is read out of the middle of a larger buffer', () => {
    const around = new Uint8Array(headerBytes + 20);
    const middle = around.subarray(7, 7 + headerBytes);
    encodeHeader(header, clusterId, middle);
    expect(decodeHeader(middle, clusterId, null)).toEqual({ ok: true, value: header });
    expect(datagramNumberOf(middle)).toBe(header.datagram);
    expect([...around.subarray(0, 7), ...around.subarray(7 + headerBytes)].every((byte) => byte === 0)).toBe(true);
  });

  it('refuses numbers that do not fit', () => {
    expect(() => encoded({ senderId: 65_536 })).toThrow(RangeError);
    expect(() => encoded({ datagram: 2 ** 48 })).toThrow(RangeError);
  });

  it('sends the highest Lamport number when the clock is beyond it', () => {
    expect(decodeHeader(encoded({ lamport: 2 ** 50 }), clusterId, null)).toMatchObject({
      value: { lamport: 2 ** 48 - 1 },
    });
  });

  it('cut off anywhere is not ours or malformed', () => {
    for (let length = 0; length < headerBytes; length += 1) {
      expect(decodeHeader(encoded().subarray(0, length), clusterId, null), `${length} bytes`).toMatchObject({
        ok: false,
        why: length < 3 ? 'not-ours' : 'malformed',
      });
    }
  });

  it.each([
    ['another program', withByte(0, 0x47), 'not-ours', 'some other program'],
    ['a later version', withByte(2, wireVersion + 1), 'version', 'wire version 4 and this node speaks version 3'],
    ['another cluster', withByte(35, 1), 'cluster', '0f0e0d0c0b0a49088706050403020101'],
    ['an unknown kind', withByte(19, 200), 'malformed', '200 is no kind of message'],
    ['kind 0', withByte(19, 0), 'malformed', '0 is no kind of message'],
    ['boot 0', encoded({ boot: 0 }), 'malformed', 'boot is 0'],
    ['number 0', encoded({ datagram: 0 }), 'malformed', 'number is 0'],
    ['a part behind the last', encoded({ fragment: 3 }), 'malformed', 'part 3 of 3'],
    ['too many parts', encoded({ fragments: 2_049 }), 'malformed', 'part 1 of 2049'],
    ['a uuid of no version', withByte(70, 0xf3), 'malformed', 'no uuid'],
    [
      'a datagram over the limit',
      Buffer.concat([encoded(), new Uint8Array(limits.datagramBytesMax)]),
      'too-large',
      '60080 bytes',
    ],
  ])('of %s is refused with a reason', (_what, bytes, why, reason) => {
    expect(decodeHeader(bytes, clusterId, null)).toEqual({ ok: false, why, reason: expect.stringContaining(reason) });
  });
});
