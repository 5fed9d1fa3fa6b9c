import { describe, expect, it } from 'vitest';
import { byteOfKind, kindOfByte, messageKinds } from '../../../main/net/message-kinds.ts';

describe('the bytes of message kinds', () => {
  it('are those of wire version 3', () => {
    expect(messageKinds.map((kind) => [byteOfKind(kind), kind])).toEqual([
      [1, 'request-vote'],
      [2, 'request-vote-reply'],
      [3, 'append-entries'],
      [4, 'append-entries-reply'],
      [5, 'read-index'],
      [6, 'read-index-reply'],
      [7, 'forward-append'],
      [8, 'forward-append-reply'],
      [9, 'pre-vote'],
      [10, 'pre-vote-reply'],
      [11, 'install-snapshot'],
      [12, 'install-snapshot-reply'],
      [13, 'timeout-now'],
      [14, 'client-call'],
      [15, 'client-call-reply'],
    ]);
  });

  it('lead back to the kind', () => {
    for (const kind of messageKinds) expect(kindOfByte(byteOfKind(kind))).toBe(kind);
    expect([0, 16, 255].map(kindOfByte)).toEqual([undefined, undefined, undefined]);
  });
});
