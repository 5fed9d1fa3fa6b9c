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
  /** Whether to give up now that nothing has arrived for `quietMs`; by default `isStalled`. */
  readonly isStalled?: (quietMs: number) => boolean;
}

const stallTimeoutMs = 15_000;

/** Given up after 15 s without a byte. A slow download that goes on is left alone, however long it takes. */
export function isStalled(quietMs: number): boolean {
  return quietMs > stallTimeoutMs;
}

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
  let complaint = '';
  let stalledMs: number | undefined;
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    complaint = (complaint + text).slice(0, 10_000);
  });
  const endWatch = watchGrowth(watched, settings.onProgress, (quietMs) => {
    if (!(settings.isStalled ?? isStalled)(quietMs)) return;
    stalledMs ??= quietMs;
    child.kill('SIGKILL');
  });
  return new Promise<string | undefined>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('close', (code) => {
      if (stalledMs !== undefined)
        resolve(`Electron's binary did not come: nothing arrived for ${Math.round(stalledMs / 1000)} s`);
      else
        resolve(code === 0 ? undefined : `Electron's binary can't be fetched: ${errorIn(complaint) ?? `code ${code}`}`);
    });
  }).finally(endWatch);
}

/**
 * Says now and then how large the folders are, and for how long they have kept their size.
 * @returns a function that ends it: nothing is said afterwards
 */
function watchGrowth(
  folders: readonly string[],
  onProgress: (bytes: number) => void,
  onQuiet: (quietMs: number) => void,
): () => void {
  let isOver = false;
  let lastBytes = -1;
  let lastChangeMs = performance.now();
  const look = async (): Promise<void> => {
    const sizes = await Promise.all(folders.map(folderBytes));
    // The folders are being removed then.
    if (isOver) return;
    const bytes = sizes.reduce((sum, size) => sum + size, 0);
    onProgress(bytes);
    if (bytes !== lastBytes) {
      lastBytes = bytes;
      lastChangeMs = performance.now();
    } else {
      onQuiet(performance.now() - lastChangeMs);
    }
  };
  const timer = setInterval(() => void look(), progressIntervalMs);
  return () => {
    isOver = true;
    clearInterval(timer);
  };
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
