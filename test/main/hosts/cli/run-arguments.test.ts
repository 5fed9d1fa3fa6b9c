import { expect, it } from 'vitest';
import { readRunArguments } from '../../../../main/hosts/cli/run-arguments.ts';

it('runs each file once, on real servers, where nothing is said', () => {
  expect(readRunArguments(['a.yaml', 'b.yaml'])).toEqual({
    files: ['a.yaml', 'b.yaml'],
    lab: 'real',
    times: 1,
    json: false,
    verbose: false,
    keep: false,
  });
});

it('reads its options', () => {
  const words = ['a.yaml', '--sim', '--seed', '7', '--times', '3', '--variant', 'rule off', '--json', '--verbose'];
  expect(readRunArguments(words)).toEqual({
    files: ['a.yaml'],
    lab: 'sim',
    seed: 7,
    variant: 'rule off',
    times: 3,
    json: true,
    verbose: true,
    keep: false,
  });
  expect(readRunArguments(['a.yaml', '--real', '--keep'])).toMatchObject({ lab: 'real', keep: true });
});

it.each([
  [[], 'run needs a scenario: a YAML file, or several.'],
  [['a', '--sim', '--real'], 'run takes --sim or --real, not both.'],
  [['a', '--sim', '--keep'], '--keep is about the folders of real servers; simulated ones have none.'],
  [['a', '--times', '0'], '--times must be a whole number from 1 to 1000, not "0".'],
  [['a', '--seed', 'x'], '--seed must be a whole number from 0 to 999999999, not "x".'],
])('refuses %j', (words, message) => {
  expect(() => readRunArguments(words)).toThrow(message);
});
