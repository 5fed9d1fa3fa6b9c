import { Packr, pack } from 'msgpackr';
import { describe, expect, it } from 'vitest';
import { isPlainBody } from '../../../main/net/body-guard.ts';

const packr = new Packr({ useRecords: false });

describe('isPlainBody', () => {
  it('lets through what our messages are made of', () => {
    const scalars = [
      0,
      127,
      128,
      65_535,
      65_536,
      2 ** 32 - 1,
      2 ** 32,
      Number.MAX_SAFE_INTEGER,
      null,
      true,
      false,
      '',
      'é'.repeat(20),
      'x'.repeat(40),
      'x'.repeat(300),
    ];
    const byteStrings = [new Uint8Array(0), new Uint8Array(255), new Uint8Array(256), new Uint8Array(32_768)];
    expect(isPlainBody(packr.pack([...scalars, ...byteStrings]))).toBe(true);
    expect(isPlainBody(packr.pack([1, Array.from({ length: 512 }, () => [1, 0, new Uint8Array(9)])]))).toBe(true);
    expect(isPlainBody(packr.pack([]))).toBe(true);
    expect(isPlainBody(packr.pack([1, [0, 2 ** 48 - 1], null, [9, 'why', [6, 2], null], new Uint8Array(300)]))).toBe(
      true,
    );
  });

  it.each([
    ['nothing', new Uint8Array(0)],
    ['a number alone', packr.pack(5)],
    ['a map', packr.pack([{ a: 1 }])],
    ['a record of the library', pack([{ a: 1 }])],
    ['a date', packr.pack([new Date(0)])],
    ['a set', new Packr({ useRecords: false, moreTypes: true }).pack([new Set([1])])],
    ['a negative number', packr.pack([-1])],
    ['a 64-bit integer', packr.pack([2n ** 60n])],
    ['the form that is never used', Buffer.from('91c1', 'hex')],
    ['something behind the array', Buffer.concat([packr.pack([1]), Buffer.from([0])])],
    ['an array of 4 billion', Buffer.from('ddffffffff', 'hex')],
    ['an array longer than the body', Buffer.from('dcffff00', 'hex')],
    ['bytes longer than the body', Buffer.from('91c5ffff00', 'hex')],
    ['a length that is cut off', Buffer.from('91c5ff', 'hex')],
    ['arrays four deep', packr.pack([[[[]]]])],
    ['arrays 60,000 deep', new Uint8Array(60_000).fill(0x91)],
  ])('stops %s', (_what, body) => {
    expect(isPlainBody(body)).toBe(false);
  });

  it('stops a body that is cut off anywhere', () => {
    const body = packr.pack([1, 70_000, 2 ** 40, 'text', new Uint8Array(300), [[1, 0, new Uint8Array(3)]], true]);
    for (let length = 0; length < body.length; length += 1)
      expect(isPlainBody(body.subarray(0, length)), `${length} bytes`).toBe(false);
    expect(isPlainBody(body)).toBe(true);
  });
});
