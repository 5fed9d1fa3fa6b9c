import { expect, it } from 'vitest';
import { payloadDigest } from '../../../main/check/payload-digest.ts';
import { ShownEntries } from '../../../main/check/shown-entries.ts';
import type { RangeEntry } from '../../../shared/client-request.ts';

const entry = (index: number, more: Partial<RangeEntry> = {}): RangeEntry => {
  return { index, term: 1, kind: 'client', payload: Uint8Array.of(index), ...more };
};

it('shows client entries that had an effect, by their digests', () => {
  const entries = [entry(1, { kind: 'noop' }), entry(2), entry(3, { refused: true })];
  expect(new ShownEntries().take(entries)).toEqual([{ index: 2, term: 1, digest: payloadDigest(Uint8Array.of(2)) }]);
});

it('shows large answers now and then, and many small ones', () => {
  const shown = new ShownEntries();
  const large = Array.from({ length: 1_000 }, (_, at) => entry(at));
  const taken = Array.from({ length: 60 }, () => shown.take(large) !== undefined);
  expect([taken.slice(0, 50).includes(false), taken.at(-1)]).toEqual([false, false]);
  const small = Array.from({ length: 1_000 }, () => shown.take([entry(1)]) !== undefined);
  expect(small).not.toContain(false);
});
