import { describe, expect, it } from 'vitest';
import { isFailureCode, StepReader } from '../../../main/scenario/read-step.ts';
import { namedScope } from '../../support/scenario-story.ts';

function read(value: unknown): { step: object; problems: readonly string[] } {
  const { step, findings } = new StepReader(namedScope()).read(value, 7);
  return { step, problems: findings.map(({ path, message }) => `${path.join('.')}: ${message}`) };
}

describe('StepReader', () => {
  it('reads when a step is due, how long it may take, and what is done', () => {
    expect(read({ 'crash-node': 'leader' }).step).toMatchObject({
      line: 7,
      time: { kind: 'after', ms: 0 },
      withinMs: 10_000,
      forMs: 0,
      action: { kind: 'command', template: { type: 'crash-node', fields: { node: 'leader' } } },
    });
    expect(read({ at: '2 s', 'crash-node': 1 }).step).toMatchObject({ time: { kind: 'at', ms: 2_000 } });
    expect(read({ when: 'no leader', for: '3 s', name: { one: 'leader' } }).step).toMatchObject({
      time: { kind: 'when', condition: { kind: 'leader' } },
      forMs: 3_000,
      withinMs: 13_000,
      action: { kind: 'name', names: { one: [{ kind: 'leader' }] } },
    });
    expect(read('heal-all').step).toMatchObject({ action: { template: { type: 'heal-all' } } });
    expect(read({ append: ['x'], node: 1 }).problems).toEqual(['node: unknown key "node"']);
  });

  it('remembers what a step names for those behind it', () => {
    const scope = namedScope();
    const reader = new StepReader(scope);
    const problems = [
      { append: ['x'], as: 'mine' },
      { expect: 'request mine answered' },
      { name: { here: 'follower 2' } },
      { 'crash-node': 'here' },
      { as: 'mine', 'heal-all': null },
      { expect: 'logs equal', as: 'a check' },
    ].flatMap((one) => reader.read(one, 1).findings.map(({ message }) => message));
    expect(problems).toEqual(['an earlier step is called "mine" already']);
    expect(scope.requests.has('a check')).toBe(false);
  });

  it.each([
    [{ 'crash-node': 1, 'heal-all': null }, 'heal-all: a step does one thing; "crash-node" stands here, too'],
    [{ expect: 'no leader', refused: 'invalid' }, 'refused: "refused" belongs to a command'],
    [{ 'crash-node': 1, for: '1 s' }, 'for: "for" belongs to a condition: when, or expect'],
    [{ expect: 'no leader', for: '5 s', within: '1 s' }, 'within: "within" must be at least as long as "for"'],
    [{ after: '20 min' }, 'after: a scenario takes 10 min at most'],
    [{ as: '5' }, 'as: expected a name: letters, digits, spaces and dashes, a letter first'],
    [{ name: 'leader' }, 'name: expected names and the servers that they mean: { old: leader }'],
    [5, ': expected a step: a time (at, after, when) and what is done'],
  ])('says what is wrong with %j', (value, problem) => {
    expect(read(value).problems).toEqual([problem]);
  });

  it('knows how a command can fail', () => {
    expect(['conflict', 'nope', 1].map(isFailureCode)).toEqual([true, false, false]);
    expect(read({ 'crash-node': 1, refused: 'invalide' }).problems[0]).toMatch(/did you mean "invalid"\?$/);
  });
});
