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
  /** What of it stood on standard error. */
  readonly errors: () => string;
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

/** How it is run beside its words. */
export interface CliSurroundings {
  readonly environment?: NodeJS.ProcessEnv;
  /** A program with its words that runs it, such as `ip netns exec NAME`. */
  readonly within?: readonly string[];
  /** What it reads; nothing when it is missing. */
  readonly input?: string;
}

function spawnCli(words: readonly string[], { environment = {}, within = [], input }: CliSurroundings) {
  const [command = process.execPath, ...rest] = [...within, process.execPath, cli, ...words];
  const env = { ...plainEnvironment(), ...environment };
  const child = spawn(command, rest, { env, stdio: ['pipe', 'pipe', 'pipe'] });
  // Whoever does not read its input may be gone before it is written.
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  const printed = { output: '', errors: '', all: '' };
  for (const [stream, name] of [
    [child.stdout, 'output'],
    [child.stderr, 'errors'],
  ] as const)
    stream.on('data', (chunk: Buffer) => {
      printed[name] += chunk.toString();
      printed.all += chunk.toString();
    });
  const exited = once(child, 'close').then(([code]: (number | null)[]) => code ?? null);
  return { child, exited, printed };
}

/** Starts it; the caller ends it. */
export function startCli(
  words: readonly string[],
  environment: NodeJS.ProcessEnv = {},
  within: readonly string[] = [],
): CliProcess {
  const { child, exited, printed } = spawnCli(words, { environment, within });
  return { child, exited, output: () => printed.all, errors: () => printed.errors };
}

/** Runs it to its end. */
export async function runCli(
  words: readonly string[],
  surroundings: CliSurroundings = {},
): Promise<{ exitCode: number | null; output: string; errors: string }> {
  const { exited, printed } = spawnCli(words, surroundings);
  const exitCode = await exited;
  return { exitCode, output: printed.output, errors: printed.errors };
}
