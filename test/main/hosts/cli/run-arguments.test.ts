import { describe, expect, it } from 'vitest';
import { readRunArguments } from '../../../../main/hosts/cli/run-arguments.ts';

describe('readRunArguments', () => {
  it('runs files once, on real servers, when nothing else is said', () => {
    expect(readRunArguments(['a.yaml', 'b.yaml'])).toEqual({
      files: ['a.yaml', 'b.yaml'],
      lab: 'real',
      times: 1,
      json: false,
      verbose: false,
      keep: false,
    });
  });

  it('reads every option', () => {
    const words = '--sim a.yaml --seed 7 --variant five --times 3 --json --verbose'.split(' ');
    expect(readRunArguments(words)).toEqual({
      files: ['a.yaml'],
      lab: 'sim',
      seed: 7,
      variant: 'five',
      times: 3,
      json: true,
      verbose: true,
      keep: false,
    });
    expect(readRunArguments(['--real', '--keep', 'a.yaml'])).toMatchObject({ lab: 'real', keep: true });
    expect(readRunArguments(['a.yaml', '--seed', '0'])).toMatchObject({ seed: 0 });
  });

  it.each([
    [[], 'run needs a scenario'],
    [['a', '--sim', '--real'], '--sim or --real, not both'],
    [['a', '--sim', '--keep'], '--keep is about the folders of real servers'],
    [['a', '--seed', '-1'], '--seed'],
    [['a', '--seed', '1e9'], '--seed must be a whole number from 0'],
    [['a', '--times', '0'], '--times must be a whole number from 1'],
    [['a', '--times', '1001'], '--times must be a whole number from 1 to 1000'],
    [['a', '--speed', '2'], "Unknown option '--speed'"],
  ])('refuses %j', (words, message) => {
    expect(() => readRunArguments(words)).toThrow(message);
  });
});
