/** The first bytes of a session file. */
import { expect, it } from 'vitest';
import { encodePreamble, hasMagic, preambleBytes, readPreamble } from '../../../main/session/preamble.ts';

const preamble = { version: 3, seed: 0xfedcba98 };
const bytes = encodePreamble(preamble);

it('are read as they were written', () => {
  expect(bytes).toHaveLength(preambleBytes);
  expect(readPreamble(bytes)).toEqual(preamble);
  expect(readPreamble(Uint8Array.from([...bytes, 1, 2]))).toEqual(preamble);
});

it('are not read when one of them is another, or missing', () => {
  for (let at = 0; at < preambleBytes; at += 1) {
    expect(readPreamble(Uint8Array.from(bytes, (byte, i) => (i === at ? byte ^ 4 : byte)))).toBeUndefined();
    expect(readPreamble(bytes.subarray(0, at))).toBeUndefined();
  }
});

it('tell a session file, even a short one', () => {
  expect(hasMagic(bytes.subarray(0, 3))).toBe(true);
  expect(hasMagic(bytes)).toBe(true);
  expect(hasMagic(new Uint8Array())).toBe(false);
  expect(hasMagic(new TextEncoder().encode('RaftLog\0........'))).toBe(false);
});
