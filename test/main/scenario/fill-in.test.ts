import { describe, expect, it } from 'vitest';
import { expandForm } from '../../../main/scenario/command-forms.ts';
import { fillIn, type LookUp } from '../../../main/scenario/fill-in.ts';
import type { StepCommandType } from '../../../main/scenario/scenario.ts';

const meanings: Readonly<Record<string, readonly number[]>> = {
  '1': [1],
  '2': [2],
  leader: [0],
  followers: [1, 2],
  all: [0, 1, 2],
  rest: [],
};

const lookUp: LookUp = (word) => {
  const words = Array.isArray(word) ? word : [word];
  const ids = words.map((one) => (typeof one === 'number' ? [one] : meanings[String(one)]));
  return ids.includes(undefined) ? undefined : ids.flatMap((found) => found ?? []);
};

const filled = (type: StepCommandType, argument: unknown) => fillIn(expandForm(type, argument), lookUp);

describe('fillIn', () => {
  it.each<[StepCommandType, unknown, unknown]>([
    ['crash-node', 'leader', [{ node: 0 }]],
    ['crash-node', 'followers', [{ node: 1 }, { node: 2 }]],
    ['crash-node', ['leader', 2], [{ node: 0 }, { node: 2 }]],
    ['crash-node', 'nobody', undefined],
    ['heal-all', null, [{}]],
    ['append', 'one', [{ node: 0, entries: ['one'] }]],
    ['set-rules', ['pre-vote'], [{ rulesOff: ['pre-vote'] }]],
    ['transfer-leadership', 2, [{ to: 2 }]],
    ['transfer-leadership', 'nobody', undefined],
    ['change-membership', ['leader', 'followers'], [{ voters: [0, 1, 2], learners: [] }]],
    ['change-membership', { voters: ['leader'], learners: ['nobody'] }, undefined],
    ['cut-link', 'leader -> 1', [{ link: { from: 0, to: 1 } }]],
    ['cut-link', 'leader -> followers', [{ link: { from: 0, to: 1 } }, { link: { from: 0, to: 2 } }]],
    ['cut-link', 'leader <-> 1', [{ link: { from: 0, to: 1 } }, { link: { from: 1, to: 0 } }]],
    ['heal-link', { from: ['leader', 1], to: 2 }, [{ link: { from: 0, to: 2 } }, { link: { from: 1, to: 2 } }]],
    ['cut-link', 'leader -> nobody', undefined],
    ['cut-link', 'leader', [{ link: 'leader' }]],
    ['partition', [['leader', 1], 2], [{ groups: [[0, 1], [2]] }]],
    // A group of nobody is none.
    ['partition', ['all', 'rest'], [{ groups: [[0, 1, 2]] }]],
    ['partition', [['leader'], ['nobody']], undefined],
    ['partition', 'leader', [{ groups: 'leader' }]],
    ['start-workload', { clients: 1 }, [{ workload: { clients: 1 } }]],
    ['start-workload', { node: 'leader' }, [{ workload: { node: 'leader' } }]],
    ['start-workload', { node: 'any' }, [{ workload: { node: 'any' } }]],
    ['start-workload', { node: 'followers' }, [{ workload: { node: 1 } }, { workload: { node: 2 } }]],
    ['start-workload', 'nonsense', [{ workload: {} }]],
  ])('%s: %j', (type, argument, commands) => {
    expect(filled(type, argument)).toEqual(
      (commands as readonly object[] | undefined)?.map((command) => ({ type, ...command })),
    );
  });

  it('goes both ways over a link once, whatever stands at its ends', () => {
    const links = filled('cut-link', 'all <-> all')?.map((command) => JSON.stringify(command['link']));
    expect(links).toHaveLength(6);
    expect(new Set(links).size).toBe(6);
  });

  it('names the fault of each link', () => {
    const ids = (argument: object) => filled('set-fault', argument)?.map(({ rule }) => (rule as { id: string }).id);
    expect(ids({ link: 'leader -> followers', drop: 10 })).toEqual(['drop 0→1', 'drop 0→2']);
    expect(ids({ link: 'leader -> followers', id: 'loss', drop: 10 })).toEqual(['loss 0→1', 'loss 0→2']);
    expect(ids({ link: 'leader -> 1', id: 'loss', drop: 10 })).toEqual(['loss']);
    expect(ids({ link: 'leader -> nobody', drop: 10 })).toBeUndefined();
  });

  it('says where in the command a word stands', () => {
    const places: string[] = [];
    const note: LookUp = (word, path) => {
      places.push(`${path.join('.')}: ${String(word)}`);
      return [0];
    };
    fillIn(expandForm('partition', [['leader', 1], 'rest']), note);
    fillIn(expandForm('set-fault', { link: 'leader -> 2', cut: true }), note);
    fillIn(expandForm('change-membership', { voters: [0], learners: 3 }), note);
    expect(places).toEqual([
      'groups.0.0: leader',
      'groups.0.1: 1',
      'groups.1: rest',
      'rule.link: leader',
      'rule.link: 2',
      'voters.0: 0',
      'learners: 3',
    ]);
  });
});
