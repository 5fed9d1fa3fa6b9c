/** The app ends while its page is open: the page says so and asks nothing of a lab that is not there. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Browser } from 'playwright-core';
import { launchChromium } from '../support/chromium.ts';
import { startLabApp, temporaryFolder, type LabApp } from '../support/lab-app.ts';
import { LabPage } from '../support/lab-page.ts';

describe('a page whose lab has ended', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let app: LabApp;
  let browser: Browser;
  let lab: LabPage;

  beforeAll(async () => {
    folder = await temporaryFolder();
    [app, browser] = await Promise.all([startLabApp({ folder: folder.path }), launchChromium()]);
    lab = await LabPage.open(browser, app.url);
    await lab.leader();
    await app.stop();
  });

  afterAll(async () => {
    await browser.close();
    await folder.remove();
  });

  it('names no leader any more, and says what is the matter', async () => {
    await expect.poll(() => lab.byId('leader-banner').getAttribute('data-kind')).toBe('cut-off');
    await lab.byId('lost-banner').waitFor();
  });

  it('takes no requests and no commands, but its logs can still be read', async () => {
    await expect.poll(() => lab.byId('asks-client').evaluate((pane) => pane.hasAttribute('inert'))).toBe(true);
    expect(await lab.byId('asks-nodes').evaluate((pane) => pane.hasAttribute('inert'))).toBe(true);
    await lab.byId('log-filter').fill('leader');
    await expect.poll(() => lab.byId('log-row').count()).toBeGreaterThan(0);
  });
});
