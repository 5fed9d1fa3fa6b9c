import { expect, it } from 'vitest';
import type { LogEntry } from '../../../shared/log-entry.ts';
import { readChunks } from '../../../main/node/applied-chunks.ts';
import { MemoryDisk } from '../../support/node-memory-storage.ts';

const entries = Array.from({ length: 100 }, (_, position): LogEntry => {
  return { index: position + 1, term: 1, kind: 'client', payload: new Uint8Array(32 * 1024) };
});

function storageOfAll() {
  const storage = new MemoryDisk().open();
  storage.write({ entries });
  return storage;
}

it('reads every entry once, in order, in several chunks', () => {
  const chunks = [...readChunks(storageOfAll(), 3, 100)];
  expect(chunks.length).toBeGreaterThan(2);
  expect(chunks.flat().map(({ index }) => index)).toEqual(entries.slice(2).map(({ index }) => index));
});

it('reads one entry, or none', () => {
  const storage = storageOfAll();
  expect([...readChunks(storage, 7, 7)].flat()).toMatchObject([{ index: 7 }]);
  expect([...readChunks(storage, 7, 6)]).toEqual([]);
});
