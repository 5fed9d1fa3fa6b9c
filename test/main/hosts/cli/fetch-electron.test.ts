import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { electronBinary } from '../../../../main/hosts/cli/electron-binary.ts';
import { fetchElectron, isStalled, type FetchSettings } from '../../../../main/hosts/cli/fetch-electron.ts';
import { storedZip } from '../../../support/stored-zip.ts';

/** Electron's own installer, in a folder of its own below node_modules, where it finds what it requires. */
const modules = resolve(import.meta.dirname, '../../../../node_modules');
const executable =
  { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' }[process.platform as string] ?? 'electron';

let folder: string;
let mirror: Server;
let asked: string[];
let answer: RequestListener;

beforeEach(async () => {
  mkdirSync(join(modules, '.cache'), { recursive: true });
  folder = mkdtempSync(join(modules, '.cache', 'raft-lab-fetch-'));
  for (const name of ['install.js', 'package.json', 'checksums.json']) {
    copyFileSync(join(modules, 'electron', name), join(folder, name));
  }
  mkdirSync(join(folder, 'tmp'));
  for (const name of ['TMPDIR', 'TEMP', 'TMP']) vi.stubEnv(name, join(folder, 'tmp'));
  asked = [];
  mirror = createServer((request, response) => {
    asked.push(request.url ?? '');
    answer(request, response);
  });
  mirror.listen(0, '127.0.0.1');
  await once(mirror, 'listening');
});

afterEach(async () => {
  vi.unstubAllEnvs();
  mirror.closeAllConnections();
  mirror.close();
  await once(mirror, 'close');
  rmSync(folder, { recursive: true });
});

/** Fetches from the mirror. The installer needs a moment to start, on a busy computer a long one: no stall before it asks. */
function fetch(
  settings: Partial<Pick<FetchSettings, 'isStalled' | 'onProgress'>> = { isStalled: () => false },
): Promise<string | undefined> {
  const { port } = mirror.address() as AddressInfo;
  const environment = {
    ...process.env,
    ELECTRON_MIRROR: `http://127.0.0.1:${port}/`,
    electron_config_cache: join(folder, 'cache'),
  };
  return fetchElectron({ electronFolder: folder, environment, onProgress: () => undefined, ...settings });
}

describe('fetching Electron’s binary', () => {
  it('ends with the binary in its place', async () => {
    const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string };
    const zip = storedZip({ [executable]: '#!/bin/sh\n', version });
    const name = `electron-v${version}-${process.platform}-${process.arch}.zip`;
    const checksums = { [name]: createHash('sha256').update(zip).digest('hex') };
    writeFileSync(join(folder, 'checksums.json'), JSON.stringify(checksums));
    answer = (_request, response) => response.end(zip);
    expect(electronBinary(folder, {})).toBeUndefined();
    expect(await fetch()).toBeUndefined();
    expect(asked).toEqual([`/v${version}/${name}`]);
    expect(electronBinary(folder, {})).toBe(join(folder, 'dist', executable));
  });

  it('fails at once with the reason when nobody has it', async () => {
    answer = (_request, response) => {
      response.statusCode = 404;
      response.end();
    };
    expect(await fetch()).toMatch(/^Electron's binary can't be fetched: Response code 404 \(Not Found\)/);
  });

  it('fails at once when nobody is there', async () => {
    answer = (request) => request.socket.destroy();
    expect(await fetch()).toBe("Electron's binary can't be fetched: fetch failed");
  });

  it('is given up when nothing arrives, and leaves nothing behind', async () => {
    answer = () => undefined;
    const quietTimes: number[] = [];
    const outcome = await fetch({
      isStalled: (quietMs) => {
        quietTimes.push(quietMs);
        return asked.length > 0;
      },
    });
    expect(outcome).toMatch(/^Electron's binary did not come: nothing arrived for \d+ s$/);
    expect(quietTimes).toEqual(quietTimes.toSorted((left, right) => left - right));
    expect(quietTimes.at(-1)).toBeGreaterThan(0);
    expect(asked).toHaveLength(1);
    expect(readdirSync(folder)).not.toContain('dist');
    expect(readdirSync(tmpdir())).toEqual([]);
  });

  it('is given up when it stops in the middle', async () => {
    answer = (_request, response) => response.write(Buffer.alloc(100_000));
    const seen: number[] = [];
    const outcome = await fetch({ isStalled: () => seen.at(-1) === 100_000, onProgress: (bytes) => seen.push(bytes) });
    expect(outcome).toMatch('nothing arrived');
    expect(seen.at(-1)).toBe(100_000);
  });

  it('goes on as long as bytes arrive, however slowly: each byte ends the silence before it', async () => {
    let response: ServerResponse | undefined;
    let sent = 0;
    let arrived = -1;
    let arrivedAtMs = 0;
    const tooLong: number[] = [];
    const send = (): void => {
      sent += 1;
      response?.write('x');
    };
    answer = (_request, given) => {
      response = given;
      send();
    };
    const outcome = await fetch({
      onProgress: (bytes) => {
        if (bytes === arrived) return;
        arrived = bytes;
        arrivedAtMs = performance.now();
      },
      isStalled: (quietMs) => {
        if (quietMs > performance.now() - arrivedAtMs) tooLong.push(quietMs);
        // One more byte after each silence, then an end that the checksum doesn't allow.
        if (sent === 0 || arrived !== sent) return false;
        if (sent < 5) send();
        else response?.end();
        return false;
      },
    });
    expect(outcome).toMatch(/^Electron's binary can't be fetched: /);
    expect([sent, tooLong]).toEqual([5, []]);
  });

  it('may be quiet for a while', () => {
    expect([0, 14_900, 15_100].map(isStalled)).toEqual([false, false, true]);
  });
});
