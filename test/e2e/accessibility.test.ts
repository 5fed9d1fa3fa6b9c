/** axe-core finds nothing on the page, dark and light, idle and with everything open. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { labAtPage } from '../support/lab-at-page.ts';
import type { ColorScheme } from '../support/lab-page.ts';

const axeSource = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Waits until nothing fades any more: a colour halfway to another is nobody's choice. What spins goes on. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const passing = document.getAnimations().filter((one) => one.effect?.getComputedTiming().iterations !== Infinity);
    await Promise.allSettled(passing.map(({ finished }) => finished));
  });
}

/** What axe finds, a line each. The page's policy allows no foreign script, so the debugger evaluates it. */
async function violations(page: Page): Promise<string[]> {
  await settled(page);
  await page.evaluate(axeSource);
  return page.evaluate<string[]>(`axe.run().then(({ violations }) =>
    violations.flatMap(({ id, nodes }) => nodes.map((node) => id + ': ' + node.target.join(' ') + ' ' + node.failureSummary)))`);
}

describe.each<ColorScheme>(['dark', 'light'])('accessibility, %s', (colorScheme) => {
  const at = labAtPage({ colorScheme });

  it('of a cluster at rest', async () => {
    expect(await violations(at.lab.page)).toEqual([]);
  });

  it('of a cluster with a history, a crashed node, a cut link and a selected node', async () => {
    const leader = await at.lab.leader();
    await at.lab.append(leader, 'foo\nbar');
    await at.lab.range(leader, 0, 5);
    const [crashed = 0, cut = 0] = [0, 1, 2].filter((id) => id !== leader);
    await at.lab.byId(`crash-node-${crashed}`).click();
    await at.lab.byId(`isolate-node-${cut}`).click();
    await at.lab.byId(`card-${leader}`).getByRole('button').first().click();
    await at.lab.byId('log-view-columns').click();
    await expect.poll(() => at.lab.byId(`node-${crashed}`).getAttribute('data-status')).toBe('crashed');
    expect(await violations(at.lab.page)).toEqual([]);
  });

  it('of the log matrix with a chosen cell, and the details of an entry, an event and a node', async () => {
    await at.lab.byId('matrix-grid').focus();
    await at.lab.page.keyboard.press('End');
    await at.lab.byId('matrix-details').click();
    await at.lab.byId('life-step').first().waitFor();
    expect(await violations(at.lab.page)).toEqual([]);
    await at.lab.byId('life-step').first().getByRole('button').first().click();
    await at.lab.byId('show-moment').waitFor();
    expect(await violations(at.lab.page)).toEqual([]);
    await at.lab.byId('details-link').first().click();
    expect(await violations(at.lab.page)).toEqual([]);
    await at.lab.byId('pane-tab-client').click();
  });

  it('of members and rules, with a rule off', async () => {
    await at.lab.byId('pane-tab-members').click();
    await at.lab.byId('members-panel').waitFor();
    expect(await violations(at.lab.page)).toEqual([]);
    await at.lab.byId('pane-tab-rules').click();
    await at.lab.byId('rule-pre-vote').click();
    await at.lab.byId('rules-strip').waitFor();
    expect(await violations(at.lab.page)).toEqual([]);
    await at.lab.byId('strip-all-on').click();
    await at.lab.byId('rules-strip').waitFor({ state: 'detached' });
    await at.lab.byId('pane-tab-nodes').click();
  });

  it('of the palette, the shortcuts and the dialog of a start', async () => {
    const { keyboard } = at.lab.page;
    await keyboard.press('Control+Shift+P');
    await at.lab.byId('palette-input').fill('node');
    expect(await violations(at.lab.page)).toEqual([]);
    await keyboard.press('Escape');
    await keyboard.press('?');
    await at.lab.byId('shortcut-sheet').waitFor();
    expect(await violations(at.lab.page)).toEqual([]);
    await keyboard.press('Escape');
    await at.lab.byId('shortcut-sheet').waitFor({ state: 'detached' });
    await keyboard.press('Shift+N');
    await at.lab.byId('start-world').getByRole('radio', { name: 'Simulated' }).click();
    await at.lab.byId('start-timing').getByRole('radio', { name: 'Custom' }).click();
    await at.lab.byId('start-rules').locator('summary').click();
    await at.lab.byId('start-more').locator('summary').click();
    expect(await violations(at.lab.page)).toEqual([]);
    await keyboard.press('Escape');
    await at.lab.byId('start-dialog').waitFor({ state: 'detached' });
  });

  it('of the link popover and the stopped cluster', async () => {
    await at.lab.byId('link-0-1').click();
    await at.lab.byId('link-popover-0-1').waitFor();
    expect(await violations(at.lab.page)).toEqual([]);
    await at.lab.page.keyboard.press('Escape');
    await at.lab.byId('stop-cluster').click();
    await at.lab.byId('start-cluster').waitFor();
    expect(await violations(at.lab.page)).toEqual([]);
  });
});
