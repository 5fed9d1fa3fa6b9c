/**
 * The built app as a person starts it: `raft-lab serve` as a process of its own, on a temporary folder and free ports.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { vi } from 'vitest';
import { freeBasePort } from './ports.ts';

export interface LabApp {
  /** `http://127.0.0.1:PORT/#token` */
  readonly url: string;
  readonly basePort: number;
  /** Everything printed so far. */
  output(): string;
  /** Asks it to end, as Ctrl-C does. Rejects when it does not end cleanly. */
  stop(): Promise<void>;
}

const cli = resolve(import.meta.dirname, '../../out/main/cli.mjs');

/** Starts the app on `folder` and waits until it says where its page is. */
export async function startLabApp(options: { folder: string; nodes?: number; basePort?: number }): Promise<LabApp> {
  const basePort = options.basePort ?? (await freeBasePort());
  const words = [
    'serve',
    '--no-open',
    '--data',
    options.folder,
    '--base-port',
    `${basePort}`,
    '--nodes',
    `${options.nodes ?? 3}`,
  ];
  const child = spawn(process.execPath, [cli, ...words], { stdio: ['ignore', 'pipe', 'pipe'] });
  let printed = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  const findUrl = (): string | undefined => /http:\/\/127\.0\.0\.1:\d+\/#\S+/.exec(printed)?.[0];
  await vi.waitUntil(() => findUrl() !== undefined || child.exitCode !== null, { timeout: 20_000 });
  const url = findUrl();
  if (url === undefined) throw new Error(`The app ended without an address:\n${printed}`);
  return { url, basePort, output: () => printed, stop: () => stop(child, () => printed) };
}

async function stop(child: ChildProcess, output: () => string): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) {
    const exited = once(child, 'exit');
    child.kill('SIGTERM');
    await exited;
  }
  if (child.exitCode !== 0) throw new Error(`The app ended with ${child.exitCode ?? child.signalCode}:\n${output()}`);
}

/** A new folder, and how to remove it. */
export async function temporaryFolder(): Promise<{ path: string; remove(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'raft-lab-test-'));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}
