/** Nothing acknowledged is lost: a leader dies, a node returns, the whole app is ended and started again. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Browser } from 'playwright-core';
import { launchChromium } from '../support/chromium.ts';
import { startLabApp, temporaryFolder, type LabApp } from '../support/lab-app.ts';
import { LabPage } from '../support/lab-page.ts';

const nodes = [0, 1, 2];

describe('crash and restart', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let app: LabApp;
  let browser: Browser;
  let lab: LabPage;

  async function openApp(): Promise<void> {
    app = await startLabApp({ folder: folder.path });
    lab = await LabPage.open(browser, app.url);
  }

  async function payloads(node: number): Promise<string[]> {
    const rows = await lab.range(node, 0, 100);
    return rows.map((row) => row.at(-1) ?? '');
  }

  beforeAll(async () => {
    folder = await temporaryFolder();
    browser = await launchChromium();
    await openApp();
  });

  afterAll(async () => {
    await browser.close();
    await app.stop();
    await folder.remove();
  });

  it('elects another leader when the leader is killed, appends go on, and the old one catches up', async () => {
    const first = await lab.leader();
    expect((await lab.append((first + 1) % 3, 'before the crash')).outcome).toBe('ok');

    await lab.byId(`crash-node-${first}`).click();
    await expect.poll(() => lab.byId(`node-${first}`).getAttribute('data-status')).toBe('crashed');
    const second = await lab.leader(first);
    expect((await lab.append(second, 'after the crash')).outcome).toBe('ok');

    await lab.byId(`restart-node-${first}`).click();
    await expect.poll(() => lab.byId(`node-${first}`).getAttribute('data-status')).toBe('running');
    for (const node of nodes)
      expect(await payloads(node), `node ${node}`).toEqual(['before the crash', 'after the crash']);
    expect(lab.complaints).toEqual([]);
  });

  it('has everything again when the app is ended and started on the same folder', async () => {
    await lab.close();
    await app.stop();
    await openApp();
    await lab.leader();
    for (const node of nodes)
      expect(await payloads(node), `node ${node}`).toEqual(['before the crash', 'after the crash']);
    expect((await lab.append(0, 'after the restart')).outcome).toBe('ok');
    expect(await payloads(2)).toEqual(['before the crash', 'after the crash', 'after the restart']);
    expect(lab.complaints).toEqual([]);
  });
});
