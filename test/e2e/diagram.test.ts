/** The space-time diagram: lines appear as datagrams fly, are chosen by mouse and by keys, and time is moved through. */
import { describe, expect, it } from 'vitest';
import type { Locator } from 'playwright-core';
import { labAtPage } from '../support/lab-at-page.ts';

describe('the diagram', () => {
  const at = labAtPage();
  const surface = (): Locator => at.lab.byId('diagram-surface');
  const edges = async (): Promise<number> => Number(await surface().getAttribute('data-edges'));
  const rows = (): Locator => at.lab.byId('diagram-row');

  it('draws what nodes send to each other, as it happens', async () => {
    const leader = await at.lab.leader();
    await at.lab.page.getByRole('tab', { name: 'Diagram' }).click();
    await surface().waitFor();
    expect(await surface().getAttribute('data-following')).toBe('true');
    expect((await at.lab.append(leader, 'foo')).outcome).toBe('ok');
    // To both followers and back, heartbeats not counted.
    await expect.poll(edges).toBeGreaterThanOrEqual(4);
    expect(await at.lab.byId(`diagram-lane-${leader}`).innerText()).toContain('Leader');
  });

  it('shows what happened before it was looked at', async () => {
    await surface().focus();
    await at.lab.page.keyboard.press('f');
    await expect.poll(() => surface().getAttribute('data-coverage')).toBe('loaded');
    expect(await surface().getAttribute('data-following')).toBe('false');
    await at.lab.byId('diagram-list-toggle').click();
    // The election is long past, and there all the same.
    await expect.poll(async () => (await rows().allInnerTexts()).join(' ')).toContain('Request for a vote');
  });

  it('goes through events by keys, says each, and selects it for every pane', async () => {
    await surface().focus();
    await at.lab.page.keyboard.press('.');
    const said = at.lab.byId('pane-diagram').getByRole('status');
    await expect.poll(() => said.innerText()).not.toBe('');
    const first = await said.innerText();
    await at.lab.page.keyboard.press('.');
    await expect.poll(() => said.innerText()).not.toBe(first);
    await at.lab.page.keyboard.press(',');
    await expect.poll(() => said.innerText()).toBe(first);
    expect(await at.lab.page.locator('[data-testid="diagram-row"][aria-pressed="true"]').count()).toBe(1);
  });

  it('chooses a datagram, shows its details elsewhere, and what led to it', async () => {
    const entries = rows()
      .filter({ hasText: /^.*Entries, node/ })
      .first();
    await entries.click();
    await expect.poll(() => entries.getAttribute('aria-pressed')).toBe('true');
    await at.lab.page.getByRole('tab', { name: 'Details' }).click();
    await expect.poll(() => at.lab.byId('pane-details').innerText()).toContain('append-entries');
    await at.lab.byId('diagram-causes').click();
    await expect.poll(() => at.lab.byId('diagram-causes').getAttribute('aria-pressed')).toBe('true');
    await surface().focus();
    await at.lab.page.keyboard.press('Escape');
    await expect.poll(() => at.lab.byId('diagram-causes').getAttribute('aria-pressed')).toBe('false');
  });

  it('says at the pointer what stands there', async () => {
    await at.lab.byId('diagram-list-toggle').click();
    await surface().focus();
    await at.lab.page.keyboard.press('f');
    const box = await surface().boundingBox();
    const tip = at.lab.byId('diagram-tip');
    // Somewhere along a lane there is something.
    for (let x = 4; x < (box?.width ?? 0) && (await tip.count()) === 0; x += 4) {
      await at.lab.page.mouse.move((box?.x ?? 0) + x, (box?.y ?? 0) + (box?.height ?? 0) / 2);
    }
    expect(await tip.innerText()).toMatch(/at \d/);
  });

  it('leaves out kinds and nodes, and brings heartbeats in', async () => {
    const before = await edges();
    await at.lab.byId('diagram-show').click();
    await at.lab.byId('diagram-kind-heartbeat').click();
    await expect.poll(edges).toBeGreaterThan(before);
    await at.lab.byId('diagram-node-0').click();
    await at.lab.byId('diagram-lane-0').waitFor({ state: 'detached' });
    await at.lab.byId('diagram-node-0').click();
    await at.lab.byId('diagram-lane-0').waitFor();
    await at.lab.page.keyboard.press('Escape');
  });

  it('zooms, moves, and comes back to the present', async () => {
    const span = async (): Promise<string> => (await surface().getAttribute('aria-label')) ?? '';
    await surface().focus();
    const whole = await span();
    await at.lab.page.keyboard.press('+');
    await expect.poll(span).not.toBe(whole);
    const near = await span();
    await at.lab.page.keyboard.press('ArrowLeft');
    await expect.poll(span).not.toBe(near);
    await at.lab.page.keyboard.press('l');
    await expect.poll(() => surface().getAttribute('data-following')).toBe('true');
    const box = await surface().boundingBox();
    await at.lab.page.mouse.move((box?.x ?? 0) + 100, (box?.y ?? 0) + 60);
    await at.lab.page.mouse.down();
    await at.lab.page.mouse.move((box?.x ?? 0) + 300, (box?.y ?? 0) + 60, { steps: 4 });
    await at.lab.page.mouse.up();
    await expect.poll(() => surface().getAttribute('data-following')).toBe('false');
    expect(at.lab.complaints).toEqual([]);
  });
});
