import { expect, it } from 'vitest';
import { laterCommands } from '../../../../main/hosts/cli/command-line.ts';
import { help, usageHint } from '../../../../main/hosts/cli/help.ts';

it('help names every command and option', () => {
  const options = ['--nodes', '--data', '--base-port', '--browser', '--port', '--no-open', '--version', '--help'];
  const simOptions = ['--seeds', '--rule-off', '--shard', '--seconds', '--events', '--json'];
  for (const word of ['serve', 'sim', ...options, ...simOptions, ...laterCommands]) expect(help).toContain(word);
  expect(usageHint).toContain('--help');
});

it('help fits a terminal', () => {
  for (const line of help.split('\n')) expect(line.length).toBeLessThanOrEqual(120);
});
