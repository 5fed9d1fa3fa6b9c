import { describe, expect, it } from 'vitest';
import { conditionSchema } from '../../../main/scenario/condition-schema.ts';
import { conditionOf, namedScope } from '../../support/scenario-story.ts';

const problems = (value: unknown): readonly string[] =>
  conditionSchema(namedScope())
    .safeParse(value)
    .error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) ?? [];

describe('conditionSchema', () => {
  it('reads a line and an object alike', () => {
    const { text: _line, ...line } = conditionOf('new leader among 1, old');
    const { text, ...form } = conditionOf({ leader: 'new', among: [1, 'old'] });
    expect(line).toEqual(form);
    expect(text).toBe('{leader: new, among: [1, old]}');
  });

  it('combines conditions in both forms', () => {
    expect(conditionOf({ all: ['no leader', { any: ['two leaders', { not: 'election' }] }] })).toMatchObject({
      kind: 'all',
      conditions: [{ kind: 'leader' }, { kind: 'any', conditions: [{ kind: 'leaders' }, { kind: 'not' }] }],
    });
  });

  it.each([
    [5, ': expected a condition'],
    ['leadr elected', ': "leadr elected" is no condition; did you mean "leader elected"?'],
    [{ ledaer: 'elected' }, ': "ledaer" begins no condition; did you mean "leader"?'],
    ['request third answered', 'request: there is no request "third"; named are first, second'],
    ['violation of speed', 'violation: expected one of'],
    ['node 9 is leader', 'node: there is no node 9: the cluster has nodes 0 to 4'],
    [{ all: [] }, 'all: '],
    [{ all: ['no leader', 'nonsense'] }, 'all.1: "nonsense" is no condition'],
    [{ read: 'first' }, ': expected what it shows, contains or lacks'],
    [{ event: { type: 'vote-refussed' } }, 'event.type: there is no "vote-refussed"; did you mean "vote-refused"?'],
    [{ 'rule-waived': 'pre-vot' }, 'rule-waived: there is no "pre-vot"; did you mean "pre-vote"?'],
  ])('says what is wrong with %j', (value, problem) => {
    const [first, ...rest] = problems(value);
    expect(first?.startsWith(problem) ? problem : first).toBe(problem);
    expect(rest).toEqual([]);
  });

  it('bounds how deep conditions stand in each other', () => {
    let deep: unknown = 'no leader';
    for (let depth = 0; depth < 20; depth += 1) deep = { not: deep };
    expect(problems(deep)[0]).toMatch(/up to 8 times$/);
  });
});
