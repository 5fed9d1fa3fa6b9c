/** The page in a headless Chromium, with stage, matrix and log in front, and every line of the log shown. */
import { chromium } from 'playwright-core';
import { chromiumArguments, findChromium, howToGetChromium } from '../chromium.mjs';
import { WorkerHeaps } from './heaps.mjs';
import { findStores } from './page-probe.mjs';

/** @typedef {{ page: import('playwright-core').Page, session: import('playwright-core').CDPSession, workers: WorkerHeaps }} OpenPage */

const viewport = { width: 1920, height: 1080 };
const choices = { 'raft-lab.tour-seen': 'true', 'raft-lab.log-directives': 'trace', 'raft-lab.log-layout': 'merged' };

/**
 * @template T
 * @param {string} url
 * @param {(open: OpenPage) => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withPage(url, work) {
  const executablePath = findChromium();
  if (executablePath === null) throw new Error(howToGetChromium);
  const browser = await chromium.launch({ executablePath, args: [...chromiumArguments] });
  try {
    const page = await (await browser.newContext({ viewport })).newPage();
    const session = await page.context().newCDPSession(page);
    const workers = new WorkerHeaps(session);
    await workers.begin();
    await page.addInitScript((chosen) => {
      for (const [key, value] of Object.entries(chosen)) localStorage.setItem(key, value);
    }, choices);
    await page.goto(url);
    for (const id of ['stage', 'matrix', 'logs']) await page.getByTestId(`panel-${id}`).waitFor();
    await page.evaluate(findStores);
    return await work({ page, session, workers });
  } finally {
    await browser.close();
  }
}
