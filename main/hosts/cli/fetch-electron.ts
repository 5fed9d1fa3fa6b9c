/**
 * Gets Electron's binary with Electron's own downloader, run as a process of its own: nothing of it can hang or break us.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { rmSync } from 'node:fs';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface FetchSettings {
  /** The folder of the `electron` package. */
  readonly electronFolder: string;
  readonly environment: NodeJS.ProcessEnv;
  /** Called now and then with the bytes that have arrived (and later been unpacked) so far. */
  readonly onProgress: (bytes: number) => void;
  /** Given up when nothing has arrived for this long; by default `stallTimeoutMs`. */
  readonly stallTimeoutMs?: number;
}

/** Given up after this long without a byte, ms. A slow download that goes on is left alone, however long it takes. */
export const stallTimeoutMs = 15_000;

const progressIntervalMs = 250;

/** Downloads and unpacks the binary. @returns why it could not be had, or undefined when it is there now. */
export async function fetchElectron(settings: FetchSettings): Promise<string | undefined> {
  // The downloader keeps its unfinished file in the temporary folder: in one of its own we see it grow, and can clear up after it.
  const temporary = await mkdtemp(join(tmpdir(), 'raft-lab-fetch-'));
  const child = spawn(process.execPath, [join(settings.electronFolder, 'install.js')], {
    env: downloaderEnvironment(settings.environment, temporary),
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const release = endWithUs(child, temporary);
  try {
    const watched = [temporary, join(settings.electronFolder, 'dist')];
    return await outcome(child, watched, settings);
  } finally {
    release();
    await rm(temporary, { recursive: true, force: true, maxRetries: 5 });
  }
}

function outcome(
  child: ChildProcess,
  watched: readonly string[],
  settings: FetchSettings,
): Promise<string | undefined> {
  const limitMs = settings.stallTimeoutMs ?? stallTimeoutMs;
  let complaint = '';
  let stalled = false;
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    complaint = (complaint + text).slice(0, 10_000);
  });
  const watch = watchGrowth(watched, limitMs, settings.onProgress, () => {
    stalled = true;
    child.kill('SIGKILL');
  });
  return new Promise<string | undefined>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('close', (code) => {
      if (stalled) resolve(`Electron's binary did not come: nothing arrived for ${limitMs / 1000} s`);
      else
        resolve(code === 0 ? undefined : `Electron's binary can't be fetched: ${errorIn(complaint) ?? `code ${code}`}`);
    });
  }).finally(() => clearInterval(watch));
}

/** Calls `onStall` once the folders have kept their size for `limitMs`. */
function watchGrowth(
  folders: readonly string[],
  limitMs: number,
  onProgress: (bytes: number) => void,
  onStall: () => void,
): NodeJS.Timeout {
  let lastBytes = -1;
  let lastChangeMs = performance.now();
  const look = async (): Promise<void> => {
    const sizes = await Promise.all(folders.map(folderBytes));
    const bytes = sizes.reduce((sum, size) => sum + size, 0);
    onProgress(bytes);
    if (bytes !== lastBytes) {
      lastBytes = bytes;
      lastChangeMs = performance.now();
    } else if (performance.now() - lastChangeMs > limitMs) {
      onStall();
    }
  };
  return setInterval(() => void look(), progressIntervalMs);
}

/** All bytes below a folder; what comes and goes meanwhile counts as nothing. */
async function folderBytes(folder: string): Promise<number> {
  const names = await readdir(folder, { recursive: true }).catch(() => []);
  const sizes = await Promise.all(
    names.map((name) =>
      stat(join(folder, name)).then(
        (found) => (found.isFile() ? found.size : 0),
        () => 0,
      ),
    ),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** The usual proxy variables, and npm's own proxy settings, hold for the download too. */
function downloaderEnvironment(environment: NodeJS.ProcessEnv, temporary: string): NodeJS.ProcessEnv {
  const proxy = environment['npm_config_https_proxy'] ?? environment['npm_config_proxy'];
  const known = ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy'].some((name) => Boolean(environment[name]));
  return {
    ...environment,
    ...(known || Boolean(proxy) ? { ELECTRON_GET_USE_PROXY: '1' } : {}),
    ...(!known && proxy !== undefined ? { HTTPS_PROXY: proxy, HTTP_PROXY: proxy } : {}),
    ELECTRON_GET_NO_PROGRESS: '1',
    TMPDIR: temporary,
    TEMP: temporary,
    TMP: temporary,
  };
}

function errorIn(complaint: string): string | undefined {
  return /^\s*\w*Error: (.+)$/m.exec(complaint)?.[1];
}

/** The downloader ends when we do, and leaves nothing behind. @returns a function that lets go of it. */
function endWithUs(child: ChildProcess, temporary: string): () => void {
  const end = (): void => {
    child.kill('SIGKILL');
    rmSync(temporary, { recursive: true, force: true, maxRetries: 5 });
  };
  const interrupted = (): void => process.exit(130);
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  process.once('exit', end);
  for (const signal of signals) process.once(signal, interrupted);
  return () => {
    process.off('exit', end);
    for (const signal of signals) process.off(signal, interrupted);
  };
}
