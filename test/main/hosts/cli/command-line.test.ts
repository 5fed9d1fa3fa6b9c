import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { laterCommands, readCommandLine } from '../../../../main/hosts/cli/command-line.ts';
import { UsageError } from '../../../../main/hosts/lab-arguments.ts';

const read = (...args: string[]) => readCommandLine(args, { RAFT_LAB_DATA: '/data' }, '1.2.3');

describe('a command line', () => {
  it('without a command opens the app, and fetches nothing unless asked', () => {
    expect(read()).toMatchObject({ type: 'app', fetch: false, port: 0, open: true, lab: { nodes: 3 } });
    expect(read('--fetch-electron', '--nodes', '5')).toMatchObject({ type: 'app', fetch: true, lab: { nodes: 5 } });
  });

  it('with serve, or with anything that only a browser has, opens the browser door', () => {
    expect(read('serve')).toMatchObject({ type: 'serve', port: 0, open: true });
    expect(read('--browser')).toMatchObject({ type: 'serve', open: true });
    expect(read('--no-open')).toMatchObject({ type: 'serve', open: false });
    expect(read('--port', '4000')).toMatchObject({ type: 'serve', port: 4000 });
    expect(read('serve', '--port=4000', '--no-open', '--data', '/here', '--base-port', '20000')).toMatchObject({
      type: 'serve',
      port: 4000,
      open: false,
      lab: { folder: resolve('/here'), basePort: 20_000, version: '1.2.3' },
    });
  });

  it('asks for help or the version wherever it says so', () => {
    for (const args of [['--help'], ['-h'], ['serve', '--help']]) expect(read(...args)).toEqual({ type: 'help' });
    for (const args of [['--version'], ['-v']]) expect(read(...args)).toEqual({ type: 'version' });
  });

  it.each(laterCommands)('with %s is for a later version, whatever follows', (command) => {
    expect(read(command, '--whatever', 'x')).toEqual({ type: 'later', what: command });
  });

  it('with a session file or an invite link is for a later version', () => {
    expect(read('talk.raftlab')).toEqual({ type: 'later', what: 'opening a session file' });
    expect(read('raftlab://open?x')).toEqual({ type: 'later', what: 'opening an invite link' });
  });

  it.each([
    [['nonsense'], 'There is no command "nonsense".'],
    [['serve', 'x', 'y'], '"x y" after serve is not an option.'],
    [['--nonsense'], "Unknown option '--nonsense'."],
    [['--port', '65536'], '--port must be a whole number from 0 to 65535, not "65536".'],
    [['--nodes', '12'], '--nodes must be a whole number from 1 to 9, not "12".'],
    [['--nodes'], "Option '--nodes <value>' argument missing."],
    [['--browser=yes'], "Option '--browser' does not take an argument."],
  ])('%j is refused in one line', (args, message) => {
    expect(() => read(...args)).toThrow(UsageError);
    expect(() => read(...args)).toThrow(new UsageError(message));
  });
});
