import { describe, expect, it } from 'vitest';
import { readBenchArguments } from '../../../../main/hosts/cli/bench-arguments.ts';

describe('raft-lab bench', () => {
  it('measures three servers at three levels from outside when nothing else is said', () => {
    expect(readBenchArguments([])).toEqual({
      benchmark: {
        nodes: 3,
        outstanding: [1, 64, 1024],
        payloadBytes: 64,
        warmMs: 3_000,
        measuredMs: 5_000,
        client: 'outside',
        folder: '.',
      },
      json: false,
    });
  });

  it('takes what is said', () => {
    const words = '--nodes 5 --outstanding 8 --payload 1024 --seconds 2 --warm 0 --client inside --data /x --json';
    expect(readBenchArguments(words.split(' '))).toMatchObject({
      benchmark: { nodes: 5, outstanding: [8], payloadBytes: 1_024, warmMs: 0, measuredMs: 2_000, client: 'inside' },
      json: true,
    });
    expect(readBenchArguments(['--growth']).growth).toBe(1_000_000);
    expect(readBenchArguments(['--growth', '--entries', '20000']).growth).toBe(20_000);
  });

  it.each([
    [['--client', 'beside'], '--client is outside or inside, not "beside".'],
    [['--outstanding', '1,,2'], '--outstanding must be like 1,64,1024'],
    [['--outstanding', '0'], '--outstanding must be like 1,64,1024'],
    [['--entries', '20000'], 'give --growth as well'],
    [['--nodes', '10'], '--nodes'],
    [['--fast'], '--fast'],
  ])('refuses %j', (args, message) => {
    expect(() => readBenchArguments(args)).toThrow(message);
  });
});
