/** The window itself in a real browser: tour, palette, keys, tabs that are dragged, and a start in the simulated world. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Browser } from 'playwright-core';
import { launchChromium } from '../support/chromium.ts';
import { labAtPage } from '../support/lab-at-page.ts';
import { LabPage } from '../support/lab-page.ts';

describe('the guided tour', () => {
  const at = labAtPage();
  let browser: Browser;
  let newcomer: LabPage;

  beforeAll(async () => {
    browser = await launchChromium();
    newcomer = await LabPage.open(browser, at.app.url, { tour: true });
  });
  afterAll(() => browser.close());

  it('leads whoever is new through the running cluster, by keyboard alone', async () => {
    const { page } = newcomer;
    const tour = newcomer.byId('tour');
    const isFocused = (testId: string): Promise<boolean> =>
      newcomer.byId(testId).evaluate((element) => element === document.activeElement);
    /** From the title, which has the focus at each step. */
    async function tabTo(testId: string): Promise<void> {
      await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('H2');
      while (!(await isFocused(testId))) await page.keyboard.press('Tab');
    }

    await tour.waitFor();
    const leader = await newcomer.leader();
    await tabTo('tour-next');
    await page.keyboard.press('Enter');
    await tabTo('tour-crash');
    await page.keyboard.press('Enter');
    await expect.poll(() => newcomer.byId('tour-result').innerText()).toContain('won the election');
    expect(await newcomer.leader(leader)).not.toBe(leader);
    await newcomer.byId('tour-restart').click();
    await newcomer.byId('tour-next').click();
    await tabTo('tour-append');
    await page.keyboard.press('Enter');
    await expect.poll(() => newcomer.byId('tour-result').innerText()).toContain('Committed at index');
    await page.keyboard.press('Escape');
    await tour.waitFor({ state: 'detached' });
    await page.reload();
    await newcomer.leader();
    expect(await tour.count()).toBe(0);
    expect(newcomer.complaints).toEqual([]);
  });
});

describe('the window', () => {
  const at = labAtPage();

  it('is rearranged by dragging a tab, and stays so', async () => {
    const { lab } = at;
    await lab.byId('pane-tab-members').dragTo(lab.byId('panel-logs'));
    await expect.poll(() => lab.byId('region-bottom').getByTestId('pane-tab-members').count()).toBe(1);
    await lab.page.reload();
    await lab.leader();
    expect(await lab.byId('region-bottom').getByTestId('members-panel').count()).toBe(1);
    await lab.byId('panes-menu').click();
    await lab.byId('reset-arrangement').click();
    await expect.poll(() => lab.byId('region-side').getByTestId('pane-tab-members').count()).toBe(1);
  });

  it('does by the palette whatever is registered, and heals everything with one key', async () => {
    const { lab } = at;
    const leader = await lab.leader();
    await lab.page.keyboard.press('Control+Shift+P');
    await lab.byId('palette-input').fill('cut off leader');
    await lab.page.keyboard.press('Enter');
    await expect.poll(() => lab.leader(leader)).not.toBe(leader);
    await lab.byId('palette').waitFor({ state: 'detached' });
    await lab.page.keyboard.press('h');
    await expect.poll(() => lab.byId('heal-all').isDisabled()).toBe(true);
    await lab.page.keyboard.press('1');
    await expect.poll(() => lab.page.evaluate(() => document.activeElement?.id)).toBe('panel-of-stage');
  });

  it('starts a simulated cluster from its seed, holds its time and steps it', async () => {
    const { lab } = at;
    await lab.page.keyboard.press('Shift+N');
    await lab.byId('start-world').getByRole('radio', { name: 'Simulated' }).click();
    await lab.byId('start-seed').fill('42');
    await lab.byId('confirm-start').click();
    await expect.poll(() => lab.byId('world-seed').innerText()).toContain('42');
    await lab.leader();
    await lab.byId('world-play').click();
    await expect.poll(() => lab.byId('world-play').getAttribute('aria-label')).toBe('Let time pass');
    await lab.byId('world-step').click();
    await lab.byId('stop-cluster').click();
    await expect.poll(() => lab.byId('start-cluster').innerText()).toContain('3 nodes, simulated');
    await lab.byId('start-cluster').click();
    await lab.leader();
    expect(lab.complaints).toEqual([]);
  });
});
