import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { build } from 'vite';
import { describe, expect, it, onTestFinished } from 'vitest';
import { addressOf, lockAddress, lockFolder } from '../../../main/disk/folder-lock.ts';
import { StorageError } from '../../../main/ports.ts';
import { temporaryFolder } from './disk-fixture.ts';

async function lockErrorOf(lock: Promise<unknown>): Promise<StorageError> {
  const error: unknown = await lock.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (error instanceof StorageError) return error;
  throw new Error(`not refused: ${String(error)}`);
}

/** A program that takes a lock with the real code, says so, and stays. `call` is the lock's call, as source text. */
async function buildHolder(call: string): Promise<string> {
  const folder = temporaryFolder();
  const entry = join(folder, 'holder.ts');
  const source = fileURLToPath(new URL('../../../main/disk/folder-lock.ts', import.meta.url));
  writeFileSync(
    entry,
    `import { parentPort } from 'node:worker_threads';
     import { lockFolder, lockAddress } from ${JSON.stringify(source)};
     await ${call};
     if (parentPort) parentPort.postMessage('locked');
     else process.send('locked');
     setInterval(() => {}, 1000);`,
  );
  await build({
    configFile: false,
    logLevel: 'silent',
    build: { ssr: entry, outDir: join(folder, 'out'), rolldownOptions: { output: { entryFileNames: 'holder.mjs' } } },
  });
  return join(folder, 'out', 'holder.mjs');
}

async function startHolder(call: string): Promise<ChildProcess> {
  const child = fork(await buildHolder(call), { execArgv: [] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const [message] = await once(child, 'message');
  expect(message).toBe('locked');
  return child;
}

async function kill(child: ChildProcess): Promise<void> {
  const exit = once(child, 'exit');
  child.kill('SIGKILL');
  await exit;
}

describe('lockFolder', () => {
  it('keeps the second one out, within one process too, and says which folder', async () => {
    const folder = join(temporaryFolder(), 'node-1');
    const lock = await lockFolder(folder);
    const error = await lockErrorOf(lockFolder(folder));
    expect(error.code).toBe('locked');
    expect(error.message).toContain(folder);
    expect(error.message).toContain('choose another folder');
    lock.release();
  });

  it('lets the next one in as soon as it is released, again and again', async () => {
    const folder = temporaryFolder();
    for (let round = 0; round < 3; round += 1) {
      const lock = await lockFolder(folder);
      expect((await lockErrorOf(lockFolder(folder))).code).toBe('locked');
      lock.release();
      lock.release();
    }
  });

  it('knows a folder by any of its names, and tells folders apart', async () => {
    const folder = temporaryFolder();
    const one = await lockFolder(join(folder, 'one'));
    const two = await lockFolder(join(folder, 'two'));
    symlinkSync(join(folder, 'one'), join(folder, 'link'), 'junction');
    expect((await lockErrorOf(lockFolder(join(folder, 'link')))).code).toBe('locked');
    one.release();
    two.release();
  });

  it('is held by another process until that one is killed', async () => {
    const folder = temporaryFolder();
    const child = await startHolder(`lockFolder(${JSON.stringify(folder)})`);
    expect((await lockErrorOf(lockFolder(folder))).code).toBe('locked');
    await kill(child);
    (await lockFolder(folder)).release();
  });

  it('is held by another thread until that one is terminated', async () => {
    const folder = temporaryFolder();
    const worker = new Worker(await buildHolder(`lockFolder(${JSON.stringify(folder)})`), { execArgv: [] });
    await once(worker, 'message');
    expect((await lockErrorOf(lockFolder(folder))).code).toBe('locked');
    await worker.terminate();
    (await lockFolder(folder)).release();
  });

  it('refuses a folder that can not be made', async () => {
    const path = join(temporaryFolder(), 'file');
    writeFileSync(path, '');
    expect((await lockErrorOf(lockFolder(path))).code).toBe('unwritable');
  });
});

describe('the address of a lock', () => {
  it('fits its system, and no two folders share it', () => {
    expect(addressOf('/data/a', 'linux')).toMatch(/^\0raft-lab-[0-9a-f]{32}$/);
    expect(addressOf('/data/a', 'win32')).toMatch(/^\\\\\.\\pipe\\raft-lab-[0-9a-f]{32}$/);
    expect(addressOf('/data/a', 'darwin')).toMatch(/raft-lab-[0-9a-f]{32}\.lock$/);
    expect(addressOf('/data/a', 'linux')).not.toBe(addressOf('/data/b', 'linux'));
  });
});

describe.runIf(process.platform !== 'win32')('a lock that is a socket file', () => {
  it('keeps the second one out and leaves no file', async () => {
    const address = join(temporaryFolder(), 'lock');
    const lock = await lockAddress(address, '/data/node-1');
    expect((await lockErrorOf(lockAddress(address, '/data/node-1'))).message).toContain('/data/node-1 is in use');
    lock.release();
    expect(existsSync(address)).toBe(false);
    (await lockAddress(address, '/data/node-1')).release();
  });

  it('is taken over from a process that was killed', async () => {
    const address = join(temporaryFolder(), 'lock');
    const child = await startHolder(`lockAddress(${JSON.stringify(address)}, '/data/node-1')`);
    expect((await lockErrorOf(lockAddress(address, '/data/node-1'))).code).toBe('locked');
    await kill(child);
    expect(existsSync(address)).toBe(true);
    (await lockAddress(address, '/data/node-1')).release();
  });

  it('says when it can not be made', async () => {
    const error = await lockErrorOf(lockAddress(join(temporaryFolder(), 'missing', 'lock'), '/data/node-1'));
    expect(error.code).toBe('unwritable');
    expect(error.message).toContain('/data/node-1');
  });
});
