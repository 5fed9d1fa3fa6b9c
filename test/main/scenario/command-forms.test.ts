import { describe, expect, it } from 'vitest';
import { expandForm, isStepCommandType, stepCommandTypes } from '../../../main/scenario/command-forms.ts';
import { commandSchema } from '../../../shared/command.ts';
import { limits } from '../../../shared/cluster-config.ts';

const fieldsOf = (...[type, argument]: Parameters<typeof expandForm>): object => expandForm(type, argument).fields;

it('knows every command but those about whole clusters and scenarios', () => {
  const others = ['start-cluster', 'stop-cluster', 'judge', 'run-scenario', 'stop-scenario', 'save-scenario'];
  const all = commandSchema.options.map((option) => option.shape.type.value);
  expect([...stepCommandTypes, ...others].toSorted()).toEqual(all.toSorted());
  expect([isStepCommandType('append'), isStepCommandType('judge')]).toEqual([true, false]);
});

describe('expandForm', () => {
  it('gives a single argument its name', () => {
    expect(fieldsOf('crash-node', 'leader')).toEqual({ node: 'leader' });
    expect(fieldsOf('crash-node', ['leader', 0])).toEqual({ node: ['leader', 0] });
    expect(fieldsOf('cut-link', '0 -> 1')).toEqual({ link: '0 -> 1' });
    expect(fieldsOf('cut-link', { from: 0, to: [1, 2] })).toEqual({ link: { from: 0, to: [1, 2] } });
    expect(fieldsOf('cut-link', { link: { from: 0, to: 1 } })).toEqual({ link: { from: 0, to: 1 } });
    expect(fieldsOf('partition', [[0], [1]])).toEqual({ groups: [[0], [1]] });
    expect(fieldsOf('heal-all', null)).toEqual({});
    expect(fieldsOf('set-rules', [])).toEqual({ rulesOff: [] });
  });

  it('fills in what goes without saying', () => {
    expect(fieldsOf('append', ['a', 'b'])).toEqual({ node: 'leader', entries: ['a', 'b'] });
    expect(fieldsOf('append', 'a')).toEqual({ node: 'leader', entries: ['a'] });
    expect(fieldsOf('append', { count: 3 })).toMatchObject({ entries: ['entry 1', 'entry 2', 'entry 3'] });
    expect(fieldsOf('append', { entries: 'x', count: 2, node: 1 })).toEqual({ node: 1, entries: ['x 1', 'x 2'] });
    expect(fieldsOf('index-range', { read: 'lease' })).toEqual({
      node: 'leader',
      startIndex: 1,
      endIndex: limits.rangeEntriesMax,
      read: 'lease',
    });
    expect(fieldsOf('change-membership', [0, 1])).toEqual({ voters: [0, 1], learners: [] });
  });

  it('spells out rules of links', () => {
    const rule = (fields: object): object => fieldsOf('set-fault', { link: '0 -> 1', ...fields });
    expect(rule({ drop: 30 })).toEqual({ rule: { link: '0 -> 1', action: { kind: 'drop', percent: 30 } } });
    expect(rule({ id: 'x', messageKinds: ['append-entries'], cut: true })).toMatchObject({
      rule: { id: 'x', messageKinds: ['append-entries'], action: { kind: 'cut' } },
    });
    expect(rule({ delay: '5 ms to 10 ms', distribution: 'pareto' })).toMatchObject({
      rule: { action: { kind: 'delay', distribution: 'pareto', minMs: 5, maxMs: 10 } },
    });
    expect(rule({ bandwidth: 1_000 })).toMatchObject({
      rule: { action: { kind: 'bandwidth', bytesPerSecond: 1_000 } },
    });
    expect(rule({ dorp: 30 })).toMatchObject({ rule: { action: { kind: 'dorp' } } });
    expect(fieldsOf('set-fault', { rule: { id: 'x' } })).toEqual({ rule: { id: 'x' } });
  });

  it('spells out disks, clocks and workloads, and reads times with their units', () => {
    expect(fieldsOf('set-disk', { node: 1, slow: '1 ms to 5 ms' })).toEqual({
      node: 1,
      disk: { kind: 'slow', minMs: 1, maxMs: 5 },
    });
    expect(fieldsOf('set-disk', { node: 1, disk: 'stuck' })).toEqual({ node: 1, disk: { kind: 'stuck' } });
    expect(fieldsOf('set-disk', { node: 1, disk: { kind: 'slow', minMs: '1 s', maxMs: 2 } })).toEqual({
      node: 1,
      disk: { kind: 'slow', minMs: 1_000, maxMs: 2 },
    });
    expect(fieldsOf('set-clock-rate', { node: 1, percent: -50 })).toEqual({ node: 1, partsPerMillion: -500_000 });
    expect(fieldsOf('jump-clock', { node: 1, by: '1 s' })).toEqual({ node: 1, byMs: 1_000 });
    expect(fieldsOf('start-workload', { clients: 2 })).toEqual({ workload: { clients: 2 } });
    // An entry that looks like a time is an entry.
    expect(fieldsOf('append', ['5 s'])).toMatchObject({ entries: ['5 s'] });
  });
});
