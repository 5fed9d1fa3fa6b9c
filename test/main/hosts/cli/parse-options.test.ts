import { describe, expect, it } from 'vitest';
import { parseOptions, parseOptionsAndWords } from '../../../../main/hosts/cli/parse-options.ts';
import { UsageError } from '../../../../main/hosts/lab-arguments.ts';

const options = { to: { type: 'string' }, json: { type: 'boolean' } } as const;

describe('the options of a command', () => {
  it('are read with the words beside them; behind -- everything is a word', () => {
    expect(parseOptions('x', ['--to', 'there', '--json'], options)).toEqual({ to: 'there', json: true });
    const { values, words } = parseOptionsAndWords('x', ['a', '--to=there', '-', '--', '--json', '-h'], options);
    expect([values, words]).toEqual([{ to: 'there' }, ['a', '-', '--json', '-h']]);
  });

  it.each([
    [['--nonsense'], "x: Unknown option '--nonsense'."],
    [['a'], "x: Unexpected argument 'a'."],
    [['--to', 'a', '--to', 'b'], 'x: --to is given twice. Give it once.'],
    [['--to', '-b'], 'x: --to needs a value, and what follows begins with a dash.'],
    [['--to'], "x: Option '--to <value>' argument missing."],
    [['--json=yes'], "x: Option '--json' does not take an argument."],
  ])('%j is refused in one line', (args, message) => {
    expect(() => parseOptions('x', args, options)).toThrow(new UsageError(message));
  });

  it('say where words go that begin with a dash', () => {
    const message = "x: Unknown option '-5'. Put texts that begin with a dash last, behind --.";
    expect(() => parseOptionsAndWords('x', ['-5'], options)).toThrow(new UsageError(message));
  });
});
