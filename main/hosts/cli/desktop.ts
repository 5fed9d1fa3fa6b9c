/**
 * The desktop window, started from a command line: Electron's binary, run on the built app.
 */
import { spawn } from 'node:child_process';
import { appFolder } from '../built-files.ts';
import type { ServeOptions } from './command-line.ts';
import { hasDisplay } from './display.ts';
import { electronBinary, electronFolder } from './electron-binary.ts';
import { fetchElectron } from './fetch-electron.ts';
import { ProgressLine } from './progress-line.ts';

/** Either the window was open and is closed again, or there could be none. */
export type DesktopOutcome =
  | { readonly opened: true; readonly exitCode: number }
  | { readonly opened: false; readonly reason: string };

/** A failure this soon means that no window came up (a missing system library, a sandbox that isn't allowed), ms. */
const failsWithinMs = 10_000;

/** Opens the desktop window and waits until it is closed. `fetch`: get the binary first if it is missing. */
export async function openDesktop(
  options: ServeOptions & { readonly fetch: boolean },
  environment: NodeJS.ProcessEnv,
): Promise<DesktopOutcome> {
  if (!hasDisplay(environment, process.platform)) return { opened: false, reason: 'there is no display here' };
  const folder = electronFolder();
  let binary = electronBinary(folder, environment);
  let reason = "Electron's binary is not here, npm start would fetch it";
  if (binary === undefined && options.fetch && folder !== undefined) {
    reason = (await fetchWithProgress(folder, environment)) ?? "Electron's binary is incomplete";
    binary = electronBinary(folder, environment);
  }
  return binary === undefined ? { opened: false, reason } : run(binary, options, environment);
}

async function fetchWithProgress(folder: string, environment: NodeJS.ProcessEnv): Promise<string | undefined> {
  if (environment['ELECTRON_SKIP_BINARY_DOWNLOAD']) return 'ELECTRON_SKIP_BINARY_DOWNLOAD is set';
  const line = new ProgressLine("Fetching Electron's binary, once", process.stderr);
  try {
    return await fetchElectron({
      electronFolder: folder,
      environment,
      onProgress: (bytes) => line.show(bytes),
    });
  } finally {
    line.end();
  }
}

function run(binary: string, { lab }: ServeOptions, environment: NodeJS.ProcessEnv): Promise<DesktopOutcome> {
  const startedMs = performance.now();
  const labArguments = [`--nodes=${lab.nodes}`, `--base-port=${lab.basePort}`, `--data=${lab.folder}`];
  if (lab.world !== undefined) labArguments.push(`--world=${lab.world}`);
  if (lab.seed !== undefined) labArguments.push(`--seed=${lab.seed}`);
  // Set in terminals inside other Electron apps, and would make this one a plain Node.
  const { ELECTRON_RUN_AS_NODE: _, ...ownEnvironment } = environment;
  const child = spawn(binary, [appFolder(), ...labArguments], { stdio: 'inherit', env: ownEnvironment });
  let asked = false;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      asked = true;
      // A terminal's Ctrl-C reaches the window's process by itself, and a second one would cut its clean end short.
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
    });
  }
  return new Promise((resolve) => {
    child.once('error', (error) => resolve({ opened: false, reason: `Electron can't be started: ${error.message}` }));
    child.once('exit', (code, signal) => {
      const failed = code !== 0 && !asked && performance.now() - startedMs < failsWithinMs;
      if (failed) resolve({ opened: false, reason: `Electron ended with ${signal ?? `code ${code}`}` });
      else resolve({ opened: true, exitCode: code ?? (asked ? 0 : 1) });
    });
  });
}
