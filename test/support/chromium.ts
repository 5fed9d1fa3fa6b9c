/** The real browser of the end-to-end tests. */
import { chromium } from 'playwright-core';
import type { Browser } from 'playwright-core';
import { chromiumArguments, findChromium, howToGetChromium } from '../../scripts/chromium.mjs';

/** The path of the machine's Chromium. Throws, saying how to get one, where there is none. */
export function chromiumPath(): string {
  const path = findChromium();
  if (path === null) throw new Error(howToGetChromium);
  return path;
}

/** Starts it headless; the caller closes it. `extraArguments` are switches of Chromium's own. */
export async function launchChromium(extraArguments: readonly string[] = []): Promise<Browser> {
  return chromium.launch({
    executablePath: chromiumPath(),
    args: [...chromiumArguments, ...extraArguments],
    headless: true,
  });
}
