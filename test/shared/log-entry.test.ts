import { expect, it } from 'vitest';
import { entryBytes, entryOverheadBytes } from '../../shared/log-entry.ts';

it('an entry costs its payload and its framing', () => {
  expect(entryBytes({ payload: new Uint8Array(0) })).toBe(entryOverheadBytes);
  expect(entryBytes({ payload: new Uint8Array(100) })).toBe(entryOverheadBytes + 100);
});
