import { expect, it } from 'vitest';
import { isReply } from '../../shared/raft-message.ts';

it('calls and replies are told apart by their kind', () => {
  expect(
    ['request-vote', 'append-entries', 'read-index', 'forward-append'].some((kind) => isReply(kind as 'request-vote')),
  ).toBe(false);
  expect(isReply('request-vote-reply') && isReply('append-entries-reply')).toBe(true);
  expect(isReply('read-index-reply') && isReply('forward-append-reply')).toBe(true);
});
