/** With less motion wanted everything is there all the same: nothing moves, nothing is missing. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Browser } from 'playwright-core';
import { launchChromium } from '../support/chromium.ts';
import { startLabApp, temporaryFolder, type LabApp } from '../support/lab-app.ts';
import { LabPage } from '../support/lab-page.ts';

describe('less motion', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let app: LabApp;
  let browser: Browser;
  let lab: LabPage;

  beforeAll(async () => {
    folder = await temporaryFolder();
    [app, browser] = await Promise.all([startLabApp({ folder: folder.path }), launchChromium()]);
    lab = await LabPage.open(browser, app.url, { reducedMotion: 'reduce' });
    await lab.leader();
  });

  afterAll(async () => {
    await browser.close();
    await app.stop();
    await folder.remove();
  });

  it('the logs come back when a filter is taken away, and go on following', async () => {
    const leader = await lab.leader();
    await lab.byId('log-filter').fill('no line says this');
    await lab.page.getByText('No line matches').waitFor();
    await lab.byId('log-filter').fill('');
    await lab.append(leader, 'the latest of all');
    const latest = lab.byId('log-row').filter({ hasText: 'the latest of all' }).first();
    await expect.poll(() => isInView(lab, latest)).toBe(true);
    expect(lab.complaints).toEqual([]);
  });
});

/** Whether a row is within the window of its list. */
async function isInView(lab: LabPage, row: ReturnType<LabPage['byId']>): Promise<boolean> {
  const [inner, outer] = await Promise.all([row.boundingBox(), lab.page.getByRole('log').boundingBox()]);
  return inner !== null && outer !== null && inner.y >= outer.y && inner.y + inner.height <= outer.y + outer.height + 1;
}
