/** The command line, built, as a process of its own. */
import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../support/lab-app.ts';
import { freeBasePort } from '../support/ports.ts';
import { runCli, startCli, type CliProcess } from '../support/cli-process.ts';

let folder: { path: string; remove(): Promise<void> };
let serving: CliProcess | undefined;
beforeEach(async () => {
  folder = await temporaryFolder();
});
afterEach(async () => {
  serving?.child.kill('SIGKILL');
  await serving?.exited;
  serving = undefined;
  await folder.remove();
});

async function serve(words: readonly string[] = [], environment: NodeJS.ProcessEnv = {}): Promise<CliProcess> {
  const basePort = await freeBasePort();
  const place = ['--data', folder.path, '--base-port', String(basePort)];
  serving = startCli([...words, ...place], environment);
  return serving;
}

/** The address that it prints. */
async function addressOf({ output, child }: CliProcess): Promise<string> {
  const found = () => /http:\/\/127\.0\.0\.1:\d+\/#[\w-]{43}$/m.exec(output())?.[0];
  await expect.poll(() => found() !== undefined || child.exitCode !== null).toBe(true);
  return found() ?? `no address in: ${output()}`;
}

describe('raft-lab', () => {
  it('prints its version and its help', async () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
    expect(await runCli(['--version'])).toEqual({ exitCode: 0, output: `${version}\n`, errors: '' });
    const help = await runCli(['--help']);
    expect(help).toMatchObject({ exitCode: 0, errors: '' });
    expect(help.output).toContain('raft-lab serve');
  });

  it.each(['invite', 'check', 'replay', 'export'])('says that %s is not in this version yet', async (command) => {
    const errors = `raft-lab ${command}: not in this version yet\n`;
    expect(await runCli([command, 'x', '--json'])).toEqual({ exitCode: 2, output: '', errors });
  });

  it.each([
    [['nonsense'], 'raft-lab: There is no command "nonsense".'],
    [['serve', '--nodes', '10'], 'raft-lab: --nodes must be a whole number from 1 to 9, not "10".'],
    [['--nodes', '0'], 'raft-lab: --nodes must be a whole number from 1 to 9, not "0".'],
    [['serve', '--nonsense'], "raft-lab: Unknown option '--nonsense'."],
  ])('refuses %j with a message, a hint and exit code 2', async (words, message) => {
    const errors = `${message}\nTry: raft-lab --help\n`;
    expect(await runCli(words)).toEqual({ exitCode: 2, output: '', errors });
  });
});

describe('raft-lab serve', () => {
  it('prints its address, gives out the page there, and stops cleanly when it is told to', async () => {
    const cli = await serve(['serve', '--no-open']);
    const address = await addressOf(cli);
    const page = await fetch(address);
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(await page.text()).toContain('<!doctype html>');
    cli.child.kill('SIGTERM');
    expect(await cli.exited).toBe(0);
    await expect(fetch(address)).rejects.toThrow('fetch failed');
  });

  it('stops cleanly at Ctrl-C too, even when npm repeats it', async () => {
    const cli = await serve(['serve', '--no-open']);
    await addressOf(cli);
    cli.child.kill('SIGINT');
    cli.child.kill('SIGINT');
    expect(await cli.exited).toBe(0);
  });

  it('with a port that is taken says so, exits with 1 and starts no cluster', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const cli = await serve(['serve', '--no-open', '--port', String(port)]);
    expect(await cli.exited).toBe(1);
    expect(cli.output()).toMatch(`raft-lab: Port ${port} is taken by another program`);
    expect(existsSync(join(folder.path, 'cluster-3'))).toBe(false);
    other.close();
  });
});

describe.runIf(process.platform === 'linux')('opening the app on Linux', () => {
  /** An opener of addresses as desktops have one, which notes what it was given and ends with `code`. */
  function opener(code: number): NodeJS.ProcessEnv {
    const script = join(folder.path, 'xdg-open');
    writeFileSync(script, `#!/bin/sh\necho "$1" > "${join(folder.path, 'opened')}"\nexit ${code}\n`);
    chmodSync(script, 0o755);
    return { PATH: `${folder.path}${delimiter}${process.env['PATH']}`, DISPLAY: ':99' };
  }

  it('without a display says in one line that it is in the browser, and opens none', async () => {
    const cli = await serve(['--fetch-electron']);
    await addressOf(cli);
    const lines = cli.output().split('\n');
    expect(lines.filter((line) => /window/.test(line))).toEqual([
      'No desktop window (there is no display here): the lab is in the browser instead.',
    ]);
    expect(cli.output()).not.toMatch(/No browser/);
  });

  it('opens a browser where there is a display', async () => {
    const cli = await serve(['--browser'], opener(0));
    const address = await addressOf(cli);
    await expect.poll(() => readFileSync(join(folder.path, 'opened'), 'utf8')).toBe(`${address}\n`);
    expect(cli.output()).not.toMatch(/No browser/);
  });

  it('says in one line that no browser could be opened, and goes on', async () => {
    const cli = await serve(['--browser'], opener(3));
    const address = await addressOf(cli);
    await expect.poll(() => cli.output()).toContain('open the address yourself.');
    expect((await fetch(address)).status).toBe(200);
  });

  it('opens none when it is told so', async () => {
    const cli = await serve(['--no-open'], opener(0));
    const address = await addressOf(cli);
    expect((await fetch(address)).status).toBe(200);
    cli.child.kill('SIGTERM');
    expect(await cli.exited).toBe(0);
    expect(existsSync(join(folder.path, 'opened'))).toBe(false);
  });

  it('falls back to the browser in one line when Electron can’t be fetched', async () => {
    const mirror = createServer((_request, response) => response.writeHead(404).end()).listen(0, '127.0.0.1');
    await once(mirror, 'listening');
    const { port } = mirror.address() as AddressInfo;
    const cli = await serve(['--fetch-electron'], {
      ...opener(0),
      ELECTRON_MIRROR: `http://127.0.0.1:${port}/`,
      // A folder without a binary, wherever this machine has one.
      ELECTRON_OVERRIDE_DIST_PATH: folder.path,
      electron_config_cache: join(folder.path, 'cache'),
      force_no_cache: 'true',
    });
    await addressOf(cli);
    expect(cli.output()).toMatch(/^No desktop window \(.+\): the lab is in the browser instead\.$/m);
    mirror.close();
  });
});
