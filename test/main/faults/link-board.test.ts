import { describe, expect, it } from 'vitest';
import { LinkBoard } from '../../../main/faults/link-board.ts';
import { limits } from '../../../shared/cluster-config.ts';
import type { FaultRule } from '../../../shared/fault-rule.ts';
import type { NodeId } from '../../../shared/ids.ts';

interface Watched {
  readonly board: LinkBoard;
  /** What was told or sent since the last call. */
  readonly news: () => string[];
}

function watched(): Watched {
  const news: string[] = [];
  const board = new LinkBoard({
    tell: (event) => news.push(`${event.type} ${'faultRule' in event ? event.faultRule : ''}`),
    send: (to: NodeId, rules) => news.push(`to ${to}: ${rules.map(({ id }) => id).join(', ')}`),
  });
  return { board, news: () => news.splice(0) };
}

const late = (id: string, to = 1): FaultRule => ({
  id,
  link: { from: 0, to },
  action: { kind: 'delay', minMs: 1, maxMs: 2, distribution: 'uniform' },
});

describe('cuts', () => {
  it('are told and sent once', () => {
    const { board, news } = watched();
    board.cut({ from: 0, to: 1 });
    board.cut({ from: 0, to: 1 });
    expect(news()).toEqual(['link-cut cut 0→1', 'to 1: cut 0→1']);
    board.heal({ from: 0, to: 1 });
    board.heal({ from: 0, to: 1 });
    expect(news()).toEqual(['link-healed cut 0→1', 'to 1: ']);
  });

  it('keep groups apart, and make links within one whole', () => {
    const { board, news } = watched();
    board.cut({ from: 0, to: 1 });
    news();
    // 2 and 3 stand in no group, and so in one.
    board.partition([[0, 1]], [0, 1, 2, 3]);
    expect(news()).toEqual([
      'link-healed cut 0→1',
      ...['0→2', '0→3', '1→2', '1→3', '2→0', '2→1', '3→0', '3→1'].map((link) => `link-cut cut ${link}`),
      'to 1: cut 2→1, cut 3→1',
      'to 2: cut 0→2, cut 1→2',
      'to 3: cut 0→3, cut 1→3',
      'to 0: cut 2→0, cut 3→0',
    ]);
    board.partition([[0, 1]], [0, 1, 2, 3]);
    expect(news()).toEqual([]);
  });
});

describe('other rules', () => {
  it('replace one of the same id, also where it was', () => {
    const { board, news } = watched();
    expect(board.setRule(late('a')).ok).toBe(true);
    expect(board.setRule(late('a')).ok).toBe(true);
    expect(news()).toEqual(['fault-set a', 'to 1: a']);
    expect(board.setRule(late('a', 2)).ok).toBe(true);
    expect(news()).toEqual(['fault-set a', 'to 2: a', 'to 1: ']);
    expect(board.clearRule('a').ok).toBe(true);
    expect(news()).toEqual(['fault-cleared a', 'to 2: ']);
  });

  it('are refused in words that help', () => {
    const { board, news } = watched();
    expect(board.clearRule('a')).toMatchObject({ failure: { message: 'There is no fault "a". None is in force.' } });
    expect(board.setRule(late('cut 0→1'))).toMatchObject({ failure: { message: expect.stringContaining('cut-link') } });
    board.cut({ from: 0, to: 1 });
    expect(board.clearRule('cut 0→1')).toMatchObject({ failure: { message: expect.stringContaining('heal-link') } });
    for (let rule = 1; rule < limits.faultRulesMax; rule += 1) board.setRule(late(`rule ${rule}`));
    news();
    expect(board.setRule(late('one too many'))).toMatchObject({ failure: { code: 'invalid' } });
    expect(board.clearRule('one too many')).toMatchObject({
      failure: { message: expect.stringContaining('In force: "rule 1", "rule 2"') },
    });
    expect(news()).toEqual([]);
  });

  it('end with everything else', () => {
    const { board, news } = watched();
    board.cut({ from: 2, to: 1 });
    board.setRule(late('a'));
    board.setRule(late('b', 0));
    expect(board.rulesOf(1).map(({ id }) => id)).toEqual(['cut 2→1', 'a']);
    news();
    expect(board.healAll()).toBe(3);
    expect(news()).toEqual(['link-healed cut 2→1', 'fault-cleared a', 'fault-cleared b', 'to 1: ', 'to 0: ']);
    expect(board.healAll()).toBe(0);
  });
});
