import { describe, expect, it } from 'vitest';
import { readSimArguments } from '../../../../main/hosts/cli/sim-arguments.ts';

describe('readSimArguments', () => {
  it('takes a hundred seeds when nothing is said', () => {
    const { seeds, json } = readSimArguments([]);
    expect([seeds.length, seeds[0], seeds.at(-1), json]).toEqual([100, 1, 100, false]);
  });

  it('reads one seed, a range, and a shard of it', () => {
    expect(readSimArguments(['--seeds', '4711']).seeds).toEqual([4711]);
    expect(readSimArguments(['--seeds', '3..5']).seeds).toEqual([3, 4, 5]);
    expect(readSimArguments(['--seeds', '1..10', '--shard', '2/4']).seeds).toEqual([2, 6, 10]);
  });

  it('reads the other options', () => {
    const words = [
      '--nodes',
      '5',
      '--rule-off',
      'pre-vote',
      '--json',
      '--seconds',
      '30',
      '--seeds',
      '7',
      '--events',
      'f',
    ];
    expect(readSimArguments(words)).toEqual({
      seeds: [7],
      nodes: 5,
      ruleOff: 'pre-vote',
      json: true,
      seconds: 30,
      events: 'f',
    });
  });

  it('covers every seed once over all shards', () => {
    const shards = [1, 2, 3].flatMap((part) => readSimArguments(['--seeds', '1..10', '--shard', `${part}/3`]).seeds);
    expect(shards.toSorted((one, other) => one - other)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });

  it.each([
    [['--seeds', '5..3'], 'give the smaller seed first'],
    [['--seeds', '3', '--seeds', '4'], '--seeds is given twice'],
    [['--seeds', '-3'], '--seeds needs a value'],
    [['--seeds', '9999999999'], 'up to 2147483647'],
    [['--seeds', '1', '--shard', '3/3'], '--shard 3/3 leaves no seed of 1'],
    [['--seeds', 'all'], 'not "all"'],
    [['--seeds', '1..99999999'], 'up to'],
    [['--shard', '3/2'], '--shard must be like 2/5'],
    [['--nodes', '0'], '--nodes must be a whole number from 1 to 9'],
    [['--rule-off', 'gravity'], 'There is no rule "gravity". The rules are: persist-before-reply'],
    [['--events', 'x', '--seeds', '1..2'], '--events writes the stream of one seed'],
    [['--speed', '9'], "Unknown option '--speed'"],
    [['7'], "Unexpected argument '7'"],
  ])('refuses %j', (words, message) => {
    expect(() => readSimArguments(words)).toThrow(message);
  });
});
