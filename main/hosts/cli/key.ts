/**
 * `raft-lab key [FILE]`: a key for a new cluster, to be given to each of its nodes and clients.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { closeSync, fsyncSync, openSync, writeFileSync } from 'node:fs';
import { formatKeyText } from '../../node/key-text.ts';
import { clusterKeyBytes } from '../../ports.ts';
import { UsageError } from '../lab-arguments.ts';
import { parseOptionsAndWords } from './parse-options.ts';

export interface KeyArguments {
  /** Printed where there is none. */
  readonly file?: string;
}

/** @throws UsageError when it can't be carried out as written. */
export function readKeyArguments(args: readonly string[]): KeyArguments {
  const [file, ...more] = parseOptionsAndWords('key', args, {}).words;
  if (more.length > 0) throw new UsageError(`key: "${more.join(' ')}" is too much. Give one file, or none.`);
  if (file === '') throw new UsageError('key: "" is no file. Give a file, or none.');
  return file === undefined ? {} : { file };
}

/** @returns the exit code: 0 done, 1 the file is there already or can't be made */
export function makeKey({ file }: KeyArguments): number {
  const text = formatKeyText({ clusterId: randomUUID(), key: randomBytes(clusterKeyBytes) });
  if (file === undefined) {
    process.stdout.write(text);
    return 0;
  }
  try {
    writeNew(file, text);
  } catch (error) {
    console.error(`raft-lab: ${describe(file, error)}`);
    return 1;
  }
  console.log(`${file} holds the key of a new cluster. Copy it to each machine of the cluster; keep it from others.`);
  return 0;
}

/** For its owner alone, on systems that know that. @throws the system's error; `EEXIST` where something is there */
function writeNew(path: string, text: string): void {
  const file = openSync(path, 'wx', 0o600);
  try {
    writeFileSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

function describe(file: string, error: unknown): string {
  if (error instanceof Error && 'code' in error && error.code === 'EEXIST')
    return `${file} is there already and stays as it is. Remove it if no cluster needs it, or name another file.`;
  return `${file} can't be written: ${error instanceof Error ? error.message : String(error)}.`;
}
