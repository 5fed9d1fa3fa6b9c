/**
 * Pictures of the built app, to be looked at: `npm run shots [FOLDER]` (default out/shots). The walk-through of the README
 * by script: three nodes, an append, a range, then a cut link, a crash and an election, the members, the rules, and no leader; dark and light, at four sizes.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { chromium } from 'playwright-core';
import { chromiumArguments, findChromium, howToGetChromium } from './chromium.mjs';
import { root } from './run-command.mjs';

const sizes = [
  { width: 1024, height: 700 },
  { width: 1280, height: 800 },
  { width: 1536, height: 960 },
  { width: 1920, height: 1080 },
];

/** @typedef {import('playwright-core').Page} Page */

/**
 * What is pictured, in order; each goes on from where the one before left off.
 * @type {readonly { name: string, act: (page: Page) => Promise<void> }[]}
 */
const scenes = [
  {
    name: 'elected',
    act: async (page) => {
      await page.locator('[data-role="leader"]').waitFor();
    },
  },
  {
    name: 'appended',
    act: async (page) => {
      const leader = Number(await page.locator('[data-role="leader"]').getAttribute('data-node'));
      await page.getByTestId('client-node').selectOption(`${(leader + 1) % 3}`);
      await page.getByTestId('append-text').fill('foo');
      await page.getByTestId('append-button').click();
      await page.getByTestId('append-result').locator('[data-outcome="ok"]').waitFor();
      await page.getByTestId('tab-range').click();
      await page.getByTestId('range-button').click();
      await page.getByTestId('range-row').first().waitFor();
    },
  },
  {
    name: 'cut',
    act: async (page) => {
      const leader = Number(await page.locator('[data-role="leader"]').getAttribute('data-node'));
      await page.getByTestId(`isolate-node-${leader}`).click();
      await page.locator(`[data-role="leader"]:not([data-node="${leader}"])`).waitFor();
    },
  },
  {
    name: 'crashed',
    act: async (page) => {
      await page.getByTestId('heal-all').click();
      await page.locator('[data-cut="none"]').nth(2).waitFor({ state: 'attached' });
      await page.getByTestId('crash-node-0').click();
      await page.locator('[data-node="0"][data-status="crashed"]').waitFor();
      await page.locator('[data-role="leader"][data-status="running"]').first().waitFor();
      await page.getByTestId('log-view-columns').click();
    },
  },
  {
    name: 'members',
    act: async (page) => {
      await page.getByTestId('restart-node-0').click();
      await page.locator('[data-node="0"][data-status="running"]').first().waitFor();
      await page.getByTestId('log-view-merged').click();
      await page.getByTestId('pane-tab-members').click();
      await page.getByTestId('retention').fill('5000');
      await page.getByTestId('retention-submit').click();
      await page.getByTestId('retention-result').locator('[data-outcome="ok"]').waitFor();
    },
  },
  {
    name: 'rules',
    act: async (page) => {
      await page.getByTestId('pane-tab-rules').click();
      for (const rule of ['pre-vote', 'leader-stickiness', 'up-to-date-vote']) {
        await page.getByTestId(`rule-${rule}`).click();
        await page.getByTestId('rules-strip').getByText(rule).waitFor();
      }
    },
  },
  {
    name: 'leaderless',
    act: async (page) => {
      await page.getByTestId('pane-tab-nodes').click();
      for (const node of [0, 1]) await page.getByTestId(`crash-node-${node}`).click();
      await page.getByTestId('why-no-leader').waitFor();
    },
  },
];

/**
 * @param {import('playwright-core').Browser} browser
 * @param {'dark' | 'light'} colorScheme
 * @param {string} folder
 */
async function shoot(browser, colorScheme, folder) {
  const data = mkdtempSync(join(tmpdir(), 'raft-lab-shots-'));
  const app = spawn(process.execPath, [join(root, 'out/main/cli.mjs'), 'serve', '--no-open', '--data', data]);
  try {
    const url = await addressOf(app);
    const context = await browser.newContext({ colorScheme });
    await context.addInitScript("localStorage.setItem('raft-lab.tour-seen', 'true')");
    const page = await context.newPage();
    await page.goto(url);
    for (const { name, act } of scenes) {
      await act(page);
      for (const size of sizes) {
        await page.setViewportSize(size);
        // The picture moves; half a second shows datagrams on their way and the layout at rest.
        await page.waitForTimeout(500);
        await page.screenshot({ path: join(folder, `${name}-${colorScheme}-${size.width}.png`) });
      }
    }
    await context.close();
  } finally {
    app.kill('SIGTERM');
    if (app.exitCode === null) await once(app, 'exit');
    rmSync(data, { recursive: true, force: true });
  }
}

/**
 * @param {import('node:child_process').ChildProcessWithoutNullStreams} app
 * @returns {Promise<string>} the address that it prints
 */
function addressOf(app) {
  return new Promise((found, failed) => {
    let printed = '';
    app.stdout.on('data', (chunk) => {
      printed += chunk;
      const match = /http:\/\/\S+/.exec(printed);
      if (match) found(match[0]);
    });
    app.on('exit', (code) => failed(new Error(`The app ended with ${code}: ${printed}`)));
  });
}

const folder = resolve(process.argv[2] ?? join(root, 'out/shots'));
const executablePath = findChromium();
if (executablePath === null) {
  console.error(howToGetChromium);
  process.exit(1);
}
mkdirSync(folder, { recursive: true });
const browser = await chromium.launch({ executablePath, args: [...chromiumArguments] });
await shoot(browser, 'dark', folder);
await shoot(browser, 'light', folder);
await browser.close();
console.log(`The pictures are in ${folder}`);
