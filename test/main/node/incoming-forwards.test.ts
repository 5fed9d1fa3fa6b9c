import { describe, expect, it } from 'vitest';
import type { Failure } from '../../../shared/result.ts';
import type { ForwardAppend, ForwardAppendReply } from '../../../shared/raft-message.ts';
import { IncomingForwards } from '../../../main/node/incoming-forwards.ts';

const forward = (round: number, term = 5): ForwardAppend => ({
  kind: 'forward-append',
  term,
  round,
  entries: [new Uint8Array([1])],
});

/** @param ledTerm that this boot has led before */
function setUp(leads: number | null = 5, ledTerm?: number) {
  const replies: ForwardAppendReply[] = [];
  const taken: number[] = [];
  const world = { leads, refusal: undefined as Failure | undefined };
  const forwards = new IncomingForwards({
    leads: () => world.leads,
    send: (_to, reply) => replies.push(reply),
    take: (_from, round) => {
      if (!world.refusal) taken.push(round);
      return world.refusal;
    },
  });
  for (const term of [ledTerm, leads]) if (typeof term === 'number') forwards.onLeading(term);
  return { world, replies, taken, forwards };
}

describe('a leader', () => {
  it('takes each append once and answers every copy alike', () => {
    const { forwards, replies, taken } = setUp();
    forwards.onMessage(1, forward(7));
    forwards.onMessage(1, forward(7));
    expect([taken, replies]).toEqual([[7], []]);
    const reply = {
      kind: 'forward-append-reply',
      round: 7,
      answer: { kind: 'append', firstIndex: 2, lastIndex: 2, term: 5 },
    } as const;
    forwards.reply(1, reply);
    forwards.onMessage(1, forward(7));
    expect([taken, replies]).toEqual([[7], [reply, reply]]);
  });

  it('stays with a refusal: the copy that comes when there is room again is refused, too', () => {
    const { world, forwards, replies, taken } = setUp();
    world.refusal = { code: 'overloaded', message: 'full' };
    forwards.onMessage(1, forward(7));
    world.refusal = undefined;
    forwards.onMessage(1, forward(7));
    expect(taken).toEqual([]);
    expect(replies.map(({ failure }) => failure?.code)).toEqual(['overloaded', 'overloaded']);
  });

  it('takes only what was meant for it as the leader of this term', () => {
    const { forwards, replies, taken } = setUp(6, 5);
    forwards.onMessage(1, forward(7, 5));
    expect(taken).toEqual([]);
    expect(replies.map(({ failure }) => failure?.code)).toEqual(['no-leader']);
  });
});

describe('a server that does not lead', () => {
  it('says that nothing was done in a term that it has led', () => {
    const { forwards, replies } = setUp(null, 5);
    forwards.onMessage(1, forward(7, 5));
    expect(replies[0]?.failure?.code).toBe('no-leader');
  });

  it('does not say so about a term that only an earlier boot of it can have led', () => {
    const { forwards, replies } = setUp(null, 6);
    forwards.onMessage(1, forward(7, 5));
    expect(replies[0]?.failure?.code).toBe('timed-out');
  });
});

describe('an append of a session', () => {
  const session = { sessionId: 4, sequence: 2, lowestOpen: 1 };

  it('is taken by any leader, of whatever term', () => {
    const { forwards, taken, replies } = setUp(8);
    forwards.onMessage(1, { ...forward(7, 5), session });
    expect([taken, replies]).toEqual([[7], []]);
  });

  it('may go elsewhere from any server that does not lead', () => {
    const { forwards, taken, replies } = setUp(null, 5);
    forwards.onMessage(1, { ...forward(7, 5), session });
    expect(taken).toEqual([]);
    expect(replies[0]?.failure?.code).toBe('no-leader');
  });
});
