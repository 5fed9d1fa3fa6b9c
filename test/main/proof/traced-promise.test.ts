import { expect, it } from 'vitest';
import { encodeMessage } from '../../../main/net/message-codec.ts';
import { encodeHeader } from '../../../main/net/wire-header.ts';
import { promiseIn } from '../../../main/proof/traced-promise.ts';
import type { RaftMessage } from '../../../shared/raft-message.ts';

const clusterId = new Uint8Array(16).fill(7);

function datagram(message: RaftMessage): Uint8Array {
  const bytes = encodeMessage(message);
  const uuid = '6a1c6c0e-4d5c-4b7e-9a57-6d1d2f0f7b11';
  encodeHeader(
    {
      kind: message.kind,
      senderId: 1,
      receiverId: 2,
      boot: 1,
      receiverBoot: 1,
      datagram: 1,
      lamport: 1,
      fragment: 0,
      fragments: 1,
      uuid,
    },
    clusterId,
    bytes,
  );
  return bytes;
}

it('tells an acknowledgement and a vote from what promises nothing', () => {
  const vote: RaftMessage = { kind: 'request-vote-reply', term: 3, round: 1, storage: 9, voteGranted: true };
  expect(promiseIn(datagram(vote), clusterId)).toEqual({ kind: vote.kind, term: 3, matchIndex: 0, isVote: true });
  const reply = { term: 2, round: 1, storage: 9, success: true, matchIndex: 5, conflictTerm: 0, conflictIndex: 0 };
  const acknowledgement: RaftMessage = { kind: 'append-entries-reply', ...reply };
  expect(promiseIn(datagram(acknowledgement), clusterId)).toMatchObject({ term: 2, matchIndex: 5, isVote: false });
  const question: RaftMessage = {
    kind: 'request-vote',
    term: 1,
    round: 1,
    candidateId: 1,
    lastLogIndex: 0,
    lastLogTerm: 0,
    transfer: false,
  };
  expect(promiseIn(datagram(question), clusterId)).toBeUndefined();
  expect(promiseIn(Uint8Array.of(1, 2, 3), clusterId)).toBeUndefined();
});
