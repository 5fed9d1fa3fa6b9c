import { expect, it } from 'vitest';
import { unknownDigest } from '../../../../main/check/payload-digest.ts';
import { noFloors } from '../../../../main/check/history/floors.ts';
import { LogicalAppend } from '../../../../main/check/history/logical-append.ts';
import { OpenAppends } from '../../../../main/check/history/open-appends.ts';

function asked(invokedNs: number, ...digests: readonly number[]): LogicalAppend {
  const party = { kind: 'append', requestId: `at ${invokedNs}` } as const;
  return new LogicalAppend({ party, invokedNs, floors: noFloors }, { digests });
}

it('knows those that may have appended a payload, the earliest first', () => {
  const open = new OpenAppends();
  const appends = [asked(1, 7, 8), asked(2, 7), asked(3, 9, unknownDigest)];
  for (const append of appends) open.add(append);
  const [first, second, third] = appends;
  expect(open.candidates(7)).toEqual([
    { append: first, offset: 0 },
    { append: second, offset: 0 },
  ]);
  expect(open.candidates(8)).toEqual([{ append: first, offset: 1 }]);
  expect(open.candidates(unknownDigest)).toEqual([]);
  expect([open.size, open.earliestNs, open.first]).toEqual([3, 1, first]);
  if (!first || !second || !third) throw new Error('there are three');
  open.remove(second);
  open.remove(second);
  expect([open.size, open.candidates(7)]).toEqual([2, [{ append: first, offset: 0 }]]);
  open.remove(first);
  expect([open.candidates(7), open.candidates(8), open.earliestNs]).toEqual([[], [], 3]);
  open.remove(third);
  expect([open.size, open.earliestNs, open.first]).toEqual([0, Infinity, undefined]);
  open.add(first);
  expect(open.candidates(8)).toEqual([{ append: first, offset: 1 }]);
});
