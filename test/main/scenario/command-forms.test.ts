import { describe, expect, it } from 'vitest';
import { expandForm, isStepCommandType, stepCommandTypes } from '../../../main/scenario/command-forms.ts';
import type { StepCommandType } from '../../../main/scenario/scenario.ts';

describe('expandForm', () => {
  it.each<[StepCommandType, unknown, unknown]>([
    ['crash-node', 'leader', { node: 'leader' }],
    ['crash-node', { node: 1 }, { node: 1 }],
    ['crash-node', [0, 1], { node: [0, 1] }],
    ['heal-all', null, {}],
    ['append', 'one', { node: 'leader', entries: ['one'] }],
    ['append', ['one', 'two'], { node: 'leader', entries: ['one', 'two'] }],
    ['append', { entries: 'x', node: 2, count: 3 }, { node: 2, entries: ['x 1', 'x 2', 'x 3'] }],
    ['append', { count: 1 }, { node: 'leader', entries: ['entry 1'] }],
    // What is no count is left for the schema to name.
    ['append', { entries: 'x', count: 0 }, { node: 'leader', entries: [{ count: 0 }] }],
    ['append', { entries: 'x', count: 'many' }, { node: 'leader', entries: [{ count: 'many' }] }],
    // An entry that looks like a time is one all the same.
    ['append', { entries: ['5 s'] }, { node: 'leader', entries: ['5 s'] }],
    ['cut-link', 'leader -> 1', { link: 'leader -> 1' }],
    ['cut-link', { from: 'leader', to: [1, 2] }, { link: { from: 'leader', to: [1, 2] } }],
    ['heal-link', { link: { from: 0, to: 1 } }, { link: { from: 0, to: 1 } }],
    ['partition', [['leader'], 'rest'], { groups: [['leader'], 'rest'] }],
    ['change-membership', [0, 1], { voters: [0, 1], learners: [] }],
    ['change-membership', { voters: [0], learners: [3] }, { voters: [0], learners: [3] }],
    ['transfer-leadership', 'follower 1', { to: 'follower 1' }],
    ['set-rules', ['pre-vote'], { rulesOff: ['pre-vote'] }],
    ['set-retention', 10, { retainEntries: 10 }],
    ['clear-fault', 'slow', { faultRule: 'slow' }],
    ['start-workload', { clients: 4 }, { workload: { clients: 4 } }],
    ['start-workload', { workload: { clients: 4 } }, { workload: { clients: 4 } }],
    ['set-clock-rate', { node: 0, percent: -50 }, { node: 0, partsPerMillion: -500_000 }],
    ['set-clock-rate', { node: 0, percent: 'fast' }, { node: 0, percent: 'fast' }],
    ['jump-clock', { node: 0, by: '500 ms' }, { node: 0, byMs: 500 }],
    ['jump-clock', { node: 0, byMs: -500 }, { node: 0, byMs: -500 }],
    ['set-disk', { node: 0, slow: '80 ms to 0.2 s' }, { node: 0, disk: { kind: 'slow', minMs: 80, maxMs: 200 } }],
    ['set-disk', { node: 0, disk: 'stuck' }, { node: 0, disk: { kind: 'stuck' } }],
    ['set-disk', { node: 0, disk: 'full', freeBytes: 0 }, { node: 0, disk: { kind: 'full', freeBytes: 0 } }],
    ['set-disk', { node: 0, disk: { kind: 'sound' } }, { node: 0, disk: { kind: 'sound' } }],
  ])('%s: %j', (type, argument, fields) => {
    expect(expandForm(type, argument)).toEqual({ type, fields });
  });

  it('reads all of the log, linearizable, where nothing else is said', () => {
    const { fields } = expandForm('index-range', 'leader');
    expect(fields).toMatchObject({ node: 'leader', startIndex: 1 });
    expect(fields).not.toHaveProperty('read');
    const narrow = expandForm('index-range', { node: 1, read: 'lease', startIndex: 3, endIndex: 4 });
    expect(narrow.fields).toEqual({ node: 1, read: 'lease', startIndex: 3, endIndex: 4 });
  });

  it.each([
    [{ drop: 30 }, { kind: 'drop', percent: 30 }],
    [{ duplicate: 10 }, { kind: 'duplicate', percent: 10 }],
    [{ corrupt: 5 }, { kind: 'corrupt', percent: 5 }],
    [{ reorder: 10 }, { kind: 'reorder', percent: 10 }],
    [{ cut: true }, { kind: 'cut' }],
    [{ bandwidth: 20_000 }, { kind: 'bandwidth', bytesPerSecond: 20_000 }],
    [{ delay: '50 ms to 100 ms' }, { kind: 'delay', distribution: 'uniform', minMs: 50, maxMs: 100 }],
    [
      { delay: '1 s', distribution: 'pareto' },
      { kind: 'delay', distribution: 'pareto', minMs: 1_000, maxMs: 1_000 },
    ],
    [{ action: { kind: 'drop', percent: 1 } }, { kind: 'drop', percent: 1 }],
    [{ explode: true }, { kind: 'explode', explode: true }],
  ])('set-fault %j', (given, action) => {
    const { fields } = expandForm('set-fault', { link: 'all -> leader', ...given });
    expect(fields).toEqual({ rule: { link: 'all -> leader', action } });
  });

  it('keeps the name of a fault and the messages that it is for, and a whole rule as it is', () => {
    const given = { id: 'slow', link: '0 -> 1', messageKinds: ['append-entries'], drop: 1 };
    const rule = { ...given, action: { kind: 'drop', percent: 1 } };
    const { drop: _drop, ...whole } = rule;
    expect(expandForm('set-fault', given).fields).toEqual({ rule: whole });
    expect(expandForm('set-fault', { rule: whole }).fields).toEqual({ rule: whole });
  });
});

it('knows the commands of a step, which are not those about whole clusters and scenarios', () => {
  const others = ['start-cluster', 'stop-cluster', 'judge', 'run-scenario', 'stop-scenario', 'save-scenario'];
  expect(others.filter((type) => isStepCommandType(type))).toEqual([]);
  expect(stepCommandTypes).toContain('set-fault');
  expect(stepCommandTypes.every((type) => isStepCommandType(type))).toBe(true);
  expect(isStepCommandType('toString')).toBe(false);
});
