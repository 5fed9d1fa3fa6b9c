/**
 * Finds Electron's binary without importing `electron`: outside Electron, importing that package starts a download.
 */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** The folder of the installed `electron` package, or undefined where it isn't installed (it is a development dependency). */
export function electronFolder(): string | undefined {
  try {
    return dirname(createRequire(import.meta.url).resolve('electron/package.json'));
  } catch {
    return undefined;
  }
}

/**
 * The executable, or undefined when it is missing or unfinished. `ELECTRON_OVERRIDE_DIST_PATH` names another folder to find it in,
 * as for Electron's own command.
 */
export function electronBinary(folder: string | undefined, environment: NodeJS.ProcessEnv): string | undefined {
  const overridden = environment['ELECTRON_OVERRIDE_DIST_PATH'];
  if (overridden !== undefined && overridden !== '') return existing(join(overridden, nameOn(process.platform)));
  if (folder === undefined || !isComplete(folder)) return undefined;
  return existing(join(folder, 'dist', nameOn(process.platform)));
}

function nameOn(platform: NodeJS.Platform): string {
  if (platform === 'darwin') return 'Electron.app/Contents/MacOS/Electron';
  return platform === 'win32' ? 'electron.exe' : 'electron';
}

/** Electron's installer writes `path.txt` last; `dist/version` tells a binary that an older package left behind. */
function isComplete(folder: string): boolean {
  try {
    const manifest: unknown = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const unpacked = readFileSync(join(folder, 'dist', 'version'), 'utf8')
      .trim()
      .replace(/^v/, '');
    const isCurrent =
      typeof manifest === 'object' && manifest !== null && 'version' in manifest && manifest.version === unpacked;
    return isCurrent && existsSync(join(folder, 'path.txt'));
  } catch {
    return false;
  }
}

function existing(path: string): string | undefined {
  return existsSync(path) ? path : undefined;
}
