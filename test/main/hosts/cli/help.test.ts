import { expect, it } from 'vitest';
import { laterCommands, ownCommands } from '../../../../main/hosts/cli/command-line.ts';
import { help, helpAbout, usageHint } from '../../../../main/hosts/cli/help.ts';

it('help names every command and option', () => {
  const options = ['--nodes', '--data', '--base-port', '--browser', '--port', '--no-open', '--version', '--help'];
  for (const word of ['serve', ...ownCommands, ...options, ...laterCommands]) expect(help).toContain(word);
  expect(usageHint).toContain('--help');
});

it.each([
  ['node', ['--id', '--listen', '--data', '--peers', '--key', '--timings', '--log', 'RAFT_LAB_LOG', '--log-format']],
  ['append', ['--to', '--key', '--timeout', '--json', '--expect']],
  ['range', ['--to', '--key', '--timeout', '--json', '--read', 'START END']],
  ['key', ['FILE']],
  ['run', ['FILE', '--real', '--sim', '--seed', '--times', '--variant', '--keep', '--verbose', '--json']],
  ['sim', ['--seeds', '--nodes', '--rule-off', '--shard', '--seconds', '--events', '--json']],
] as const)('help about %s names its options', (command, options) => {
  for (const word of [`raft-lab ${command}`, ...options]) expect(helpAbout(command)).toContain(word);
});

it('help fits a terminal', () => {
  const all = [help, ...ownCommands.map(helpAbout)].join('\n');
  for (const line of all.split('\n')) expect(line.length).toBeLessThanOrEqual(120);
});
