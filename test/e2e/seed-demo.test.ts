/** The demo of the prototype's post, by a person at the page: three nodes, append "foo", read 0..5. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Browser } from 'playwright-core';
import { launchChromium } from '../support/chromium.ts';
import { startLabApp, temporaryFolder, type LabApp } from '../support/lab-app.ts';
import { LabPage } from '../support/lab-page.ts';

describe("the seed's demo at the page", () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let app: LabApp;
  let browser: Browser;
  let lab: LabPage;

  beforeAll(async () => {
    folder = await temporaryFolder();
    [app, browser] = await Promise.all([startLabApp({ folder: folder.path }), launchChromium()]);
    lab = await LabPage.open(browser, app.url);
  });

  afterAll(async () => {
    await browser.close();
    await app.stop();
    await folder.remove();
  });

  it('elects one leader, and every node knows it', async () => {
    const leader = await lab.leader();
    const stage = lab.byId('stage');
    await expect.poll(() => stage.locator('[data-role="follower"][data-status="running"]').count()).toBe(2);
    await expect.poll(() => lab.byId('leader-banner').innerText()).toContain(`${leader}`);
  });

  it('takes "foo" through a node that does not lead, and reads exactly one (term, "foo") through each', async () => {
    const leader = await lab.leader();
    const follower = (leader + 1) % 3;
    const { outcome, words } = await lab.append(follower, 'foo');
    expect(outcome).toBe('ok');
    // Before it stand only the no-ops of the terms so far.
    const index = /\d+/.exec(words)?.[0];
    for (const node of [0, 1, 2]) {
      const rows = await lab.range(node, 0, 5);
      expect(rows, `through node ${node}`).toHaveLength(1);
      const [shownIndex, term, , payload] = rows[0] ?? [];
      expect(shownIndex).toBe(index);
      expect(words).toContain(`term ${term}`);
      expect(payload).toBe('foo');
    }
  });

  it('says what it did, in the log and in the history', async () => {
    await expect.poll(() => lab.byId('logs-pane').innerText()).toMatch(/COMMITS|commit/i);
    expect(await lab.byId('history-row').count()).toBe(4);
    expect(lab.complaints).toEqual([]);
  });
});
