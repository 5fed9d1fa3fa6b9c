import { expect, it } from 'vitest';
import {
  readLinkWords,
  readServerWord,
  readServerWords,
  serverText,
  serverWords,
} from '../../../main/scenario/server-words.ts';

it('reads ids, words and names', () => {
  expect([2, '2', 'node 2'].map(readServerWord)).toEqual([1, 2, 3].map(() => ({ kind: 'id', id: 2 })));
  expect(readServerWord('follower')).toEqual({ kind: 'follower', nth: 1 });
  expect(readServerWord('follower 2')).toEqual({ kind: 'follower', nth: 2 });
  expect(readServerWord('the former leader')).toEqual({ kind: 'former-leader' });
  expect(readServerWord('old leader')).toEqual({ kind: 'named', name: 'old leader' });
  for (const none of [-1, 1.5, '', '-', null, {}, 'a'.repeat(41)]) expect(readServerWord(none)).toBeUndefined();
});

it('writes each word as it is read', () => {
  for (const word of [...serverWords, 'follower 3', 'node 4', 'old']) {
    const read = readServerWord(word);
    expect(read && readServerWord(serverText(read))).toEqual(read);
  }
});

it('reads one word or several', () => {
  expect(readServerWords('leader')).toEqual([{ kind: 'leader' }]);
  expect(readServerWords([0, 'old'])).toEqual([
    { kind: 'id', id: 0 },
    { kind: 'named', name: 'old' },
  ]);
  expect(readServerWords([0, {}])).toBeUndefined();
});

it('reads links, one way or both', () => {
  expect(readLinkWords('leader -> follower 1')).toEqual({ from: 'leader', to: 'follower 1', bothWays: false });
  expect(readLinkWords('0→1')).toEqual({ from: '0', to: '1', bothWays: false });
  expect(readLinkWords('0 <-> 1')).toEqual({ from: '0', to: '1', bothWays: true });
  expect(readLinkWords({ from: 0, to: [1, 2] })).toEqual({ from: 0, to: [1, 2], bothWays: false });
  for (const none of ['0 1', '-> 1', 5, null, { from: 0 }]) expect(readLinkWords(none)).toBeUndefined();
});
