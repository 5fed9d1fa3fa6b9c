/** `raft-lab`, built, as a process. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';

const cli = resolve(import.meta.dirname, '../../out/main/cli.mjs');

export interface CliProcess {
  readonly child: ChildProcess;
  /** Its exit code; null when a signal ended it. */
  readonly exited: Promise<number | null>;
  /** All that it has printed so far, both streams. */
  readonly output: () => string;
}

/** The environment of a machine without display, CI or SSH session: what a test wants of these it adds. */
function plainEnvironment(): NodeJS.ProcessEnv {
  const {
    CI: _ci,
    DISPLAY: _x,
    WAYLAND_DISPLAY: _w,
    SSH_CONNECTION: _s,
    SSH_TTY: _t,
    BROWSER: _b,
    ...rest
  } = process.env;
  return rest;
}

/** Starts it; the caller ends it. */
export function startCli(words: readonly string[], environment: NodeJS.ProcessEnv = {}): CliProcess {
  const child = spawn(process.execPath, [cli, ...words], {
    env: { ...plainEnvironment(), ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  const exited = once(child, 'close').then(([code]: (number | null)[]) => code ?? null);
  return { child, exited, output: () => printed };
}

/** Runs it to its end. */
export async function runCli(
  words: readonly string[],
): Promise<{ exitCode: number | null; output: string; errors: string }> {
  const child = spawn(process.execPath, [cli, ...words], {
    env: plainEnvironment(),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let errors = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  const [exitCode] = (await once(child, 'close')) as [number | null];
  return { exitCode, output, errors };
}
