import { expect, it } from 'vitest';
import { votersOnly } from '../../../shared/configuration.ts';
import type { LogEntry } from '../../../shared/log-entry.ts';
import { digestEntry, emptyDigest } from '../../../main/node/content-digest.ts';

const entry: LogEntry = { index: 1, term: 1, kind: 'client', payload: new TextEncoder().encode('a payload') };
const bytes = (...values: number[]): Uint8Array => new Uint8Array(values);

it('tells contents apart, also in their smallest part', () => {
  const session = { sessionId: 1, sequence: 1, lowestOpen: 1 };
  const different: LogEntry[] = [
    entry,
    { ...entry, term: 2 },
    { ...entry, term: 1 + 2 ** 32 },
    { ...entry, kind: 'noop' },
    { ...entry, more: true },
    { ...entry, continues: true },
    { ...entry, payload: bytes() },
    { ...entry, payload: bytes(0) },
    { ...entry, payload: bytes(0, 0) },
    { ...entry, payload: bytes(0, 0, 0, 0, 1) },
    { ...entry, payload: bytes(0, 0, 0, 1, 0) },
    { ...entry, expect: { prevLogIndex: 0, prevLogTerm: 0 } },
    { ...entry, session },
    { ...entry, session: { ...session, sequence: 2 } },
    { ...entry, kind: 'retention', retainEntries: 5 },
    { ...entry, kind: 'configuration', configuration: votersOnly([0, 1]) },
    { ...entry, kind: 'configuration', configuration: { ...votersOnly([0]), learners: [{ id: 1, storage: 0 }] } },
  ];
  const digests = different.map((one) => digestEntry(emptyDigest, one));
  expect(new Set(digests).size).toBe(different.length);
  for (const digest of digests) expect(Number.isInteger(digest) && digest >= 0 && digest < 2 ** 32).toBe(true);
});

it('depends on what came before, in its order', () => {
  const other = { ...entry, term: 2 };
  const chain = (...entries: LogEntry[]): number => entries.reduce(digestEntry, emptyDigest);
  expect(chain(entry, other)).not.toBe(chain(other, entry));
  expect(chain(entry)).not.toBe(chain(entry, entry));
  expect(chain(entry, other)).toBe(chain({ ...entry }, { ...other }));
});
