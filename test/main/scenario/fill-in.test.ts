import { describe, expect, it } from 'vitest';
import { expandForm } from '../../../main/scenario/command-forms.ts';
import { fillIn } from '../../../main/scenario/fill-in.ts';

const meanings: Readonly<Record<string, readonly number[]>> = {
  leader: [0],
  followers: [1, 2],
  all: [0, 1, 2],
  rest: [2],
};

function filled(...[type, argument]: Parameters<typeof expandForm>): readonly object[] | undefined {
  return fillIn(expandForm(type, argument), (given) => {
    const words: readonly unknown[] = Array.isArray(given) ? given : [given];
    const ids = words.map((word) => (/^\d+$/.test(String(word)) ? [Number(word)] : meanings[String(word)]));
    return ids.includes(undefined) ? undefined : ids.flatMap((some) => some ?? []);
  });
}

describe('fillIn', () => {
  it('makes one command for each server', () => {
    expect(filled('crash-node', 'leader')).toEqual([{ type: 'crash-node', node: 0 }]);
    expect(filled('stop-node', ['followers', 0])).toEqual([1, 2, 0].map((node) => ({ type: 'stop-node', node })));
    expect(filled('crash-node', 'nobody')).toBeUndefined();
  });

  it('makes one command for each link, none from a server to itself', () => {
    expect(filled('cut-link', 'leader -> followers')).toMatchObject([
      { link: { from: 0, to: 1 } },
      { link: { from: 0, to: 2 } },
    ]);
    expect(filled('cut-link', '0 <-> 1')).toMatchObject([{ link: { from: 0, to: 1 } }, { link: { from: 1, to: 0 } }]);
    expect(filled('cut-link', 'all <-> all')).toHaveLength(6);
    expect(filled('heal-link', 'nobody -> 1')).toBeUndefined();
    expect(filled('heal-link', 'nonsense')).toEqual([{ type: 'heal-link', link: 'nonsense' }]);
  });

  it('gives each rule of several links a name of its own', () => {
    const ids = (fields: object): unknown =>
      filled('set-fault', { drop: 5, ...fields })?.map(
        (command) => 'rule' in command && (command.rule as { id: string }).id,
      );
    expect(ids({ link: '0 -> 1' })).toEqual(['drop 0→1']);
    expect(ids({ link: '0 -> 1', id: 'lossy' })).toEqual(['lossy']);
    expect(ids({ link: '0 -> followers', id: 'lossy' })).toEqual(['lossy 0→1', 'lossy 0→2']);
  });

  it('fills in groups, members and the target of a workload', () => {
    expect(filled('partition', [['leader', 1], 'rest'])).toEqual([{ type: 'partition', groups: [[0, 1], [2]] }]);
    expect(filled('partition', [['nobody'], 'rest'])).toBeUndefined();
    expect(filled('change-membership', { voters: ['leader', 'followers'], learners: [] })).toMatchObject([
      { voters: [0, 1, 2], learners: [] },
    ]);
    expect(filled('transfer-leadership', 'rest')).toEqual([{ type: 'transfer-leadership', to: 2 }]);
    expect(filled('start-workload', { node: 'rest' })).toMatchObject([{ workload: { node: 2 } }]);
    // A workload follows the leader by itself.
    expect(filled('start-workload', { node: 'leader' })).toMatchObject([{ workload: { node: 'leader' } }]);
    expect(filled('heal-all', null)).toEqual([{ type: 'heal-all' }]);
  });
});
