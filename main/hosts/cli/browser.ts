/**
 * Opens the person's browser where there can be one. The address was printed already, so failing is a line, never an error.
 */
import open from 'open';
import { hasDisplay } from './display.ts';

/** A program that opens addresses and fails does so at once; later its end says nothing, ms. */
const failsWithinMs = 5_000;

/** True where opening a browser makes sense: not in CI, not over SSH, not without a display, not against `BROWSER=none`. */
export function canOpenBrowser(environment: NodeJS.ProcessEnv, platform: NodeJS.Platform): boolean {
  const { CI, SSH_CONNECTION, SSH_TTY, BROWSER } = environment;
  if (BROWSER === 'none' || (CI !== undefined && CI !== '' && CI !== 'false')) return false;
  if (SSH_CONNECTION !== undefined || SSH_TTY !== undefined) return false;
  return hasDisplay(environment, platform);
}

/** Opens `url` if it can; `say` gets one line when it turned out otherwise. */
export async function openBrowser(
  url: string,
  environment: NodeJS.ProcessEnv,
  say: (line: string) => void,
): Promise<void> {
  if (!canOpenBrowser(environment, process.platform)) return;
  const failed = (why: string): void => say(`No browser could be opened (${why}): open the address yourself.`);
  try {
    const opener = await open(url);
    const startedMs = performance.now();
    opener.once('error', (error) => failed(error.message));
    opener.once('close', (code) => {
      const isFailure = code !== null && code !== 0 && performance.now() - startedMs < failsWithinMs;
      if (isFailure) failed(`the system's opener ended with code ${code}`);
    });
  } catch (error) {
    failed(error instanceof Error ? error.message : String(error));
  }
}
