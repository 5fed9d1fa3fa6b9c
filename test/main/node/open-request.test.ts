import { describe, expect, it } from 'vitest';
import { beginRequest, judgeRequest } from '../../../main/node/open-request.ts';

const payload = new Uint8Array();

describe('beginRequest', () => {
  it('takes condition and session from the first entry', () => {
    const session = { sessionId: 3, sequence: 2, lowestOpen: 1 };
    const entry = { index: 5, term: 2, kind: 'client', payload } as const;
    expect(beginRequest(entry)).toStrictEqual({ firstIndex: 5, lastIndex: 5, term: 2 });
    const conditional = { ...entry, expect: { prevLogIndex: 4, prevLogTerm: 1 }, session };
    expect(beginRequest(conditional)).toStrictEqual({
      firstIndex: 5,
      lastIndex: 5,
      term: 2,
      expect: { prevLogIndex: 4, prevLogTerm: 1 },
      session,
    });
  });
});

describe('judgeRequest', () => {
  const request = { firstIndex: 5, lastIndex: 6, term: 2 };
  const appended = { kind: 'appended', firstIndex: 5, lastIndex: 6, term: 2 };

  it('appends what expects nothing, or the last client entry', () => {
    expect(judgeRequest(request, { index: 4, term: 1 })).toEqual(appended);
    const expecting = { ...request, expect: { prevLogIndex: 4, prevLogTerm: 1 } };
    expect(judgeRequest(expecting, { index: 4, term: 1 })).toEqual(appended);
  });

  it.each([
    { index: 3, term: 1 },
    { index: 4, term: 2 },
  ])('refuses what expects another last client entry than $index of term $term, and says which it is', (last) => {
    const expecting = { ...request, expect: { prevLogIndex: 4, prevLogTerm: 1 } };
    expect(judgeRequest(expecting, last)).toEqual({ kind: 'refused', lastClientEntry: last });
  });
});
