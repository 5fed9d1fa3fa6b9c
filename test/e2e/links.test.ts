/** Links are cut and healed by hand, with the mouse and with the keyboard alone; the cluster answers as Raft says. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Browser } from 'playwright-core';
import { launchChromium } from '../support/chromium.ts';
import { startLabApp, temporaryFolder, type LabApp } from '../support/lab-app.ts';
import { LabPage } from '../support/lab-page.ts';

describe('links', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let app: LabApp;
  let browser: Browser;
  let lab: LabPage;

  beforeAll(async () => {
    folder = await temporaryFolder();
    [app, browser] = await Promise.all([startLabApp({ folder: folder.path }), launchChromium()]);
    lab = await LabPage.open(browser, app.url);
    await lab.leader();
  });

  afterAll(async () => {
    await browser.close();
    await app.stop();
    await folder.remove();
  });

  it('an isolated leader loses its office to the others, and gives it up by itself', async () => {
    const first = await lab.leader();
    await lab.byId(`isolate-node-${first}`).click();
    const second = await lab.leader(first);
    // Nobody can tell it, but it notices that nobody answers.
    await expect.poll(() => lab.byId(`node-${first}`).getAttribute('data-role')).toBe('follower');
    const cutOffTerm = await lab.byId(`node-${first}`).getAttribute('data-term');
    expect((await lab.append(second, 'with a majority')).outcome).toBe('ok');

    // It asks for votes, gets none, and so does not raise its term: it will depose nobody when it returns.
    expect(await lab.byId(`node-${first}`).getAttribute('data-term')).toBe(cutOffTerm);
    await lab.byId('heal-all').click();
    await expect.poll(() => lab.byId(`node-${first}`).getAttribute('data-term')).not.toBe(cutOffTerm);
    await expect.poll(() => lab.page.locator('[data-cut="none"]').count()).toBe(3);
    await expect.poll(async () => (await lab.range(first, 0, 100)).length).toBe(1);
  });

  it('one direction of a link can be cut, by keyboard alone', async () => {
    await lab.byId('link-0-1').focus();
    await lab.page.keyboard.press('Enter');
    await lab.byId('cut-link-0-1').focus();
    await lab.page.keyboard.press('Enter');
    await expect.poll(() => lab.byId('link-0-1').getAttribute('data-cut')).toBe('forth');

    await lab.page.keyboard.press('Escape');
    await lab.byId('link-0-1').focus();
    await lab.page.keyboard.press('Enter');
    await lab.byId('heal-link-0-1').focus();
    await lab.page.keyboard.press('Enter');
    await expect.poll(() => lab.byId('link-0-1').getAttribute('data-cut')).toBe('none');
  });

  it('without a majority nothing is committed, and the answer does not claim that it was', async () => {
    const leader = await lab.leader();
    for (const node of [0, 1, 2].filter((id) => id !== leader)) await lab.byId(`crash-node-${node}`).click();
    await expect.poll(() => lab.page.locator('[data-testid="stage"] [data-status="crashed"]').count()).toBe(2);
    const { outcome } = await lab.append(leader, 'alone');
    // Not known while it still led; refused once it had noticed that it is alone.
    expect(['unknown', 'refused']).toContain(outcome);
    for (const node of [0, 1, 2].filter((id) => id !== leader)) await lab.byId(`restart-node-${node}`).click();
    await expect.poll(async () => (await lab.append(leader, 'together')).outcome, { timeout: 30_000 }).toBe('ok');
    expect(lab.complaints).toEqual([]);
  });
});
