import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDesktop } from '../../../../main/hosts/cli/desktop.ts';
import { paperTimings } from '../../../../shared/cluster-config.ts';

const lab = { folder: '/data', nodes: 5, basePort: 20_000, timings: paperTimings, version: '1' };
const options = { lab, port: 0, open: true, fetch: false };

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'raft-lab-desktop-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** An Electron that is a shell script. */
function standIn(script: string): NodeJS.ProcessEnv {
  writeFileSync(join(folder, 'electron'), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return { ...process.env, DISPLAY: ':0', ELECTRON_OVERRIDE_DIST_PATH: folder, SAID: join(folder, 'said') };
}

describe('without Electron', () => {
  it('there is no window, and a reason', async () => {
    const environment = { DISPLAY: ':0', ELECTRON_OVERRIDE_DIST_PATH: folder };
    expect(await openDesktop(options, environment)).toEqual({
      opened: false,
      reason: "Electron's binary is not here, npm start would fetch it",
    });
  });

  it('nothing is fetched against the person’s will', async () => {
    const environment = { DISPLAY: ':0', ELECTRON_OVERRIDE_DIST_PATH: folder, ELECTRON_SKIP_BINARY_DOWNLOAD: '1' };
    expect(await openDesktop({ ...options, fetch: true }, environment)).toEqual({
      opened: false,
      reason: 'ELECTRON_SKIP_BINARY_DOWNLOAD is set',
    });
  });
});

describe.runIf(process.platform === 'linux')('on Linux', () => {
  it('there is no window without a display, and Electron is left alone', async () => {
    const { DISPLAY: _display, WAYLAND_DISPLAY: _wayland, ...environment } = standIn('echo started > "$SAID"');
    expect(await openDesktop(options, environment)).toEqual({ opened: false, reason: 'there is no display here' });
  });
});

describe.runIf(process.platform !== 'win32')('with Electron', () => {
  it('the window is waited for; it gets the options, and is no plain Node', async () => {
    const environment = {
      ...standIn('test -z "$ELECTRON_RUN_AS_NODE" && echo "$@" > "$SAID"'),
      ELECTRON_RUN_AS_NODE: '1',
    };
    expect(await openDesktop(options, environment)).toEqual({ opened: true, exitCode: 0 });
    expect(readFileSync(join(folder, 'said'), 'utf8')).toMatch(/ --nodes=5 --base-port=20000 --data=\/data\n$/);
  });

  it('the window gets the world and the seed that were asked for', async () => {
    const environment = standIn('echo "$@" > "$SAID"');
    await openDesktop({ ...options, lab: { ...lab, world: 'simulated', seed: 7 } }, environment);
    expect(readFileSync(join(folder, 'said'), 'utf8')).toMatch(/ --data=\/data --world=simulated --seed=7\n$/);
  });

  it('that fails as it starts, the caller can do something else', async () => {
    expect(await openDesktop(options, standIn('exit 127'))).toEqual({
      opened: false,
      reason: 'Electron ended with code 127',
    });
    expect(await openDesktop(options, standIn('kill -TRAP $$'))).toEqual({
      opened: false,
      reason: 'Electron ended with SIGTRAP',
    });
  });
});
