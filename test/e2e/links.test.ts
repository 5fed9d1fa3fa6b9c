/** Links are cut and healed by hand, with the mouse and with the keyboard alone; the cluster answers as Raft says. */
import { describe, expect, it } from 'vitest';
import { labAtPage } from '../support/lab-at-page.ts';

describe('links', () => {
  const at = labAtPage();

  it('an isolated leader loses its office to the others, and gives it up by itself', async () => {
    const first = await at.lab.leader();
    await at.lab.byId(`isolate-node-${first}`).click();
    const second = await at.lab.leader(first);
    // Nobody can tell it, but it notices that nobody answers.
    await expect.poll(() => at.lab.byId(`node-${first}`).getAttribute('data-role')).toBe('follower');
    const cutOffTerm = await at.lab.byId(`node-${first}`).getAttribute('data-term');
    expect((await at.lab.append(second, 'with a majority')).outcome).toBe('ok');

    // It asks for votes, gets none, and so does not raise its term: it will depose nobody when it returns.
    expect(await at.lab.byId(`node-${first}`).getAttribute('data-term')).toBe(cutOffTerm);
    await at.lab.byId('heal-all').click();
    await expect.poll(() => at.lab.byId(`node-${first}`).getAttribute('data-term')).not.toBe(cutOffTerm);
    await expect.poll(() => at.lab.page.locator('[data-cut="none"]').count()).toBe(3);
    await expect.poll(async () => (await at.lab.range(first, 0, 100)).length).toBe(1);
  });

  it('one direction of a link can be cut, by keyboard alone', async () => {
    await at.lab.byId('link-0-1').focus();
    await at.lab.page.keyboard.press('Enter');
    await at.lab.byId('cut-link-0-1').focus();
    await at.lab.page.keyboard.press('Enter');
    await expect.poll(() => at.lab.byId('link-0-1').getAttribute('data-cut')).toBe('forth');

    await at.lab.page.keyboard.press('Escape');
    await at.lab.byId('link-0-1').focus();
    await at.lab.page.keyboard.press('Enter');
    await at.lab.byId('heal-link-0-1').focus();
    await at.lab.page.keyboard.press('Enter');
    await expect.poll(() => at.lab.byId('link-0-1').getAttribute('data-cut')).toBe('none');
  });

  it('without a majority nothing is committed, and the answer does not claim that it was', async () => {
    const leader = await at.lab.leader();
    for (const node of [0, 1, 2].filter((id) => id !== leader)) await at.lab.byId(`crash-node-${node}`).click();
    await expect.poll(() => at.lab.page.locator('[data-testid="stage"] [data-status="crashed"]').count()).toBe(2);
    const { outcome } = await at.lab.append(leader, 'alone');
    // Not known while it still led; refused once it had noticed that it is alone.
    expect(['unknown', 'refused']).toContain(outcome);
    for (const node of [0, 1, 2].filter((id) => id !== leader)) await at.lab.byId(`restart-node-${node}`).click();
    await expect.poll(async () => (await at.lab.append(leader, 'together')).outcome, { timeout: 30_000 }).toBe('ok');
    expect(at.lab.complaints).toEqual([]);
  });
});
