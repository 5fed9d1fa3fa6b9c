import { expect, it } from 'vitest';
import { readExpectations } from '../../../main/scenario/read-expectations.ts';
import { StepReader } from '../../../main/scenario/read-step.ts';
import { namedScope } from '../../support/scenario-story.ts';

function read(...list: unknown[]): { expectations: readonly unknown[]; problems: readonly string[] } {
  const scope = namedScope();
  scope.steps.add('cut');
  const { expectations, findings } = readExpectations(list, new StepReader(scope), scope);
  return {
    expectations,
    problems: findings.map(({ path, message }) => `${path.slice(path.length > 2 ? 2 : 1).join('.')}: ${message}`),
  };
}

const neverViolation = { kind: 'never', condition: { kind: 'violation', violation: 'any' } };

it('expects no violation, unless something else is said about promises', () => {
  expect(read().expectations).toMatchObject([neverViolation]);
  expect(read({ eventually: 'no leader' }).expectations).toMatchObject([neverViolation, { kind: 'eventually' }]);
  expect(read({ never: 'violation of durability' }).expectations).toHaveLength(1);
  expect(read({ broken: ['durability', 'monotonic'] }).expectations).toEqual([
    { kind: 'broken', promises: ['durability', 'monotonic'] },
  ]);
  expect(read({ held: 'durability' }, { 'promise-void': '>= 1' }).expectations).toMatchObject([
    neverViolation,
    { kind: 'held', promises: ['durability'] },
    { kind: 'promise-void', count: { sign: '>=', number: 1 } },
  ]);
});

it('reads how long, from which step and to which', () => {
  expect(read({ eventually: 'no leader', within: '3 s', from: 'cut', to: 'cut' }).expectations[1]).toMatchObject({
    withinMs: 3_000,
    from: 'cut',
    to: 'cut',
  });
});

it('says what is wrong', () => {
  expect(read({ never: 'violation', eventually: 'no leader' }).problems).toEqual([
    '0: expected one of never, eventually, held, broken, promise-void',
  ]);
  expect(read({ never: 'no leader', from: 'cot' }).problems).toEqual(['from: there is no step "cot"; named are cut']);
  expect(read({ held: [] }).problems).toEqual(['held: expected promises']);
  expect(read({ held: ['durabilty'] }).problems).toEqual([
    'held.0: there is no promise "durabilty"; did you mean "durability"?',
  ]);
  expect(read({ 'promise-void': 'some' }).problems[0]).toMatch(/^promise-void: expected a number/);
  expect(read({ eventually: 'no leader', within: 3 }).problems[0]).toMatch(/^within: expected a time/);
  expect(read({ eventually: 'no leadr' }).problems[0]).toMatch(/did you mean "no leader"/);
});
