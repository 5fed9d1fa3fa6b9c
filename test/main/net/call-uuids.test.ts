import { describe, expect, it } from 'vitest';
import { createCallUuids } from '../../../main/net/call-uuids.ts';
import { limits } from '../../../shared/cluster-config.ts';

describe('the uuids of calls', () => {
  it('are found by peer, kind and round of the reply', () => {
    const uuids = createCallUuids();
    uuids.remember(1, 'request-vote', 7, 'a');
    uuids.remember(2, 'request-vote', 7, 'b');
    uuids.remember(1, 'append-entries', 7, 'c');
    expect(uuids.uuidFor(1, 'request-vote-reply', 7)).toBe('a');
    expect(uuids.uuidFor(2, 'request-vote-reply', 7)).toBe('b');
    expect(uuids.uuidFor(1, 'append-entries-reply', 7)).toBe('c');
    expect(uuids.uuidFor(1, 'request-vote-reply', 8)).toBeUndefined();
    expect(uuids.uuidFor(3, 'request-vote-reply', 7)).toBeUndefined();
  });

  it('answers a repeated call with the latest uuid', () => {
    const uuids = createCallUuids();
    uuids.remember(1, 'read-index', 1, 'before the restart');
    uuids.remember(1, 'read-index', 1, 'after it');
    expect(uuids.uuidFor(1, 'read-index-reply', 1)).toBe('after it');
  });

  it('forget the calls that were heard longest ago', () => {
    const uuids = createCallUuids(2);
    for (const [place, uuid] of ['a', 'b', 'c'].entries()) uuids.remember(1, 'read-index', place + 1, uuid);
    const kept = [1, 2, 3].map((round) => uuids.uuidFor(1, 'read-index-reply', round));
    expect(kept).toEqual([undefined, 'b', 'c']);
  });

  it('forget the peers that were met longest ago', () => {
    const uuids = createCallUuids(2);
    for (let peer = 0; peer <= limits.callPeersMax; peer += 1) uuids.remember(peer, 'read-index', 1, `${peer}`);
    expect(uuids.uuidFor(0, 'read-index-reply', 1)).toBeUndefined();
    expect(uuids.uuidFor(1, 'read-index-reply', 1)).toBe('1');
  });
});
