/** Bad input at the page and at start: a clear message that says what to do; nothing crashes, nothing is lost. */
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Browser } from 'playwright-core';
import { limits } from '../../shared/cluster-config.ts';
import { launchChromium } from '../support/chromium.ts';
import { startLabApp, temporaryFolder, type LabApp } from '../support/lab-app.ts';
import { freeBasePort } from '../support/ports.ts';
import { LabPage } from '../support/lab-page.ts';

describe('bad input', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let browser: Browser;

  beforeAll(async () => {
    folder = await temporaryFolder();
    browser = await launchChromium();
  });

  afterAll(async () => {
    await browser.close();
    await folder.remove();
  });

  describe('at a running cluster', () => {
    let app: LabApp;
    let lab: LabPage;

    beforeAll(async () => {
      app = await startLabApp({ folder: join(folder.path, 'running') });
      lab = await LabPage.open(browser, app.url);
      await lab.leader();
      await lab.append(0, 'kept');
    });

    afterAll(async () => {
      await lab.close();
      await app.stop();
    });

    it('a range that ends before it starts is refused with what to do', async () => {
      await lab.byId('tab-range').click();
      await lab.byId('range-start').fill('7');
      await lab.byId('range-end').fill('3');
      await lab.byId('range-button').click();
      const message = lab.byId('range-result').locator('[data-outcome]');
      await expect.poll(() => message.innerText()).toMatch(/7.*3/s);
      expect(await message.getAttribute('data-outcome')).not.toBe('ok');
    });

    it('an entry that is too large is refused with its size and the limit', async () => {
      const size = limits.entryPayloadBytesMax + 1;
      await lab.byId('tab-append').click();
      await lab.byId('append-text').fill('x'.repeat(size));
      await lab.byId('append-button').click();
      const message = lab.byId('append-result').locator('[data-outcome]');
      const digits = new RegExp(`${size}.*${limits.entryPayloadBytesMax}`);
      await expect.poll(async () => (await message.innerText()).replaceAll(/[,.\s]/g, '')).toMatch(digits);
    });

    it('random datagrams are counted and said, and the node goes on', async () => {
      const socket: Socket = createSocket('udp4');
      for (let count = 0; count < 50; count += 1) {
        const bytes = Uint8Array.from({ length: 1 + count * 20 }, () => Math.floor(Math.random() * 256));
        await new Promise((sent) => socket.send(bytes, app.basePort, '127.0.0.1', sent));
      }
      socket.close();
      await lab.byId('log-filter').fill('refused');
      await expect.poll(() => lab.byId('log-row').count()).toBeGreaterThan(0);
      const rows = await lab.range(0, 0, 100);
      expect(rows.map((row) => row.at(-1))).toEqual(['kept']);
      expect(lab.complaints).toEqual([]);
    });

    it('entries of the largest size go through every node, and are read through every node', async () => {
      const largest = 'y'.repeat(limits.entryPayloadBytesMax);
      const nodes = [0, 1, 2];
      // A busy machine may cost the leader its office; then one is told to ask again.
      for (const node of nodes) await expect.poll(async () => (await lab.append(node, largest)).outcome).toBe('ok');
      for (const node of nodes) {
        const [first, ...others] = (await lab.range(node, 0, 100)).map((row) => row.at(-1));
        expect(first).toBe('kept');
        expect(others.length).toBeGreaterThanOrEqual(nodes.length);
        expect(others.filter((shown) => !/^y{9}.*…$/.test(shown ?? ''))).toEqual([]);
      }
      const size = limits.entryPayloadBytesMax.toLocaleString('en');
      expect(await lab.byId('range-row').last().locator('td').last().getAttribute('title')).toContain(`of ${size}`);
      expect(lab.complaints).toEqual([]);
    });
  });

  it('a taken port: the next free block is used, and the page and the terminal say so', async () => {
    const basePort = await freeBasePort();
    const taken = createSocket('udp4').bind(basePort + 1, '127.0.0.1');
    await once(taken, 'listening');
    const app = await startLabApp({ folder: join(folder.path, 'taken'), basePort });
    const lab = await LabPage.open(browser, app.url);
    await lab.leader();
    await expect.poll(() => app.output()).toContain(`${basePort + 1}`);
    await expect.poll(() => lab.page.locator('body').innerText()).toContain(`${basePort + 10}`);
    expect((await lab.append(0, 'on other ports')).outcome).toBe('ok');
    await lab.close();
    await app.stop();
    taken.close();
  });

  it('a folder that cannot be used: a message that names it and says what to do, and the app goes on', async () => {
    await mkdir(folder.path, { recursive: true });
    const file = join(folder.path, 'a-file');
    await writeFile(file, 'not a folder');
    const app = await startLabApp({ folder: join(file, 'data') });
    await expect.poll(() => app.output()).toContain(file);
    const lab = await LabPage.open(browser, app.url);
    await lab.byId('start-cluster').click();
    await expect.poll(() => lab.page.locator('body').innerText()).toContain(file);
    await lab.close();
    await app.stop();
  });
});
