/** Five nodes are parted by the mouse and by the keyboard alone; the smaller side can decide nothing. Links are worsened and made whole. */
import { describe, expect, it } from 'vitest';
import { labAtPage } from '../support/lab-at-page.ts';

describe('a partition', () => {
  const at = labAtPage({}, 5);
  const members = (group: string): Promise<string | null> =>
    at.lab.byId(`group-${group}`).getAttribute('data-members', { timeout: 20_000 });
  const cutLinks = (): Promise<number> => at.lab.page.locator('[data-cut="both"]').count();
  const others = (node: number): string => [0, 1, 2, 3, 4].filter((id) => id !== node).join(' ');

  it('is made by dragging the leader away: alone it commits nothing, the others elect another', async () => {
    const leader = await at.lab.leader();
    await at.lab.dragNode(leader, 0.96, 0.5);
    await expect.poll(() => members('B')).toBe(`${leader}`);
    expect(await members('A')).toBe(others(leader));
    await expect.poll(cutLinks).toBe(4);
    const second = await at.lab.leader(leader);
    expect((await at.lab.append(second, 'with a majority')).outcome).toBe('ok');
    expect(['unknown', 'refused']).toContain((await at.lab.append(leader, 'alone')).outcome);
  });

  it('ends when the node is dropped among the others again', async () => {
    const alone = Number(await members('B'));
    await at.lab.dragNode(alone, 0.3, 0.5);
    await at.lab.byId('group-B').waitFor({ state: 'detached' });
    await expect.poll(cutLinks).toBe(0);
  });

  it('is not made by a short drag, nor by one that is broken off', async () => {
    const box = await at.lab.byId('node-0').locator('.disc').boundingBox();
    if (!box) throw new Error('There is no disc.');
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    await at.lab.page.mouse.move(x, y);
    await at.lab.page.mouse.down();
    await at.lab.page.mouse.move(x + 25, y, { steps: 5 });
    await at.lab.byId('drop-zones').waitFor();
    await at.lab.page.keyboard.press('Escape');
    await at.lab.byId('drop-zones').waitFor({ state: 'detached' });
    await at.lab.page.mouse.up();
    expect(await cutLinks()).toBe(0);
    expect(await at.lab.byId('node-menu-0').count()).toBe(0);
  });

  /** Opens the dialog, and waits until the keyboard is inside of it. */
  async function openDialog(): Promise<void> {
    await at.lab.byId('open-partition').focus();
    await at.lab.page.keyboard.press('Enter');
    await at.lab.page.locator('[role="dialog"]:focus-within').waitFor();
  }

  /** The group beside the one that the node has. Arrows choose while they are held down; a quick press moves, and Space chooses. */
  async function chooseGroup(node: number, key: 'ArrowRight' | 'ArrowLeft'): Promise<void> {
    await at.lab.byId(`group-of-${node}`).locator('[data-state="checked"]').focus();
    await at.lab.page.keyboard.press(key);
    await at.lab.page.keyboard.press('Space');
  }

  it('is made by the keyboard alone, and ended by it', async () => {
    const { page } = at.lab;
    await openDialog();
    for (const node of [3, 4]) await chooseGroup(node, 'ArrowRight');
    await at.lab.byId('partition-submit').focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => members('B')).toBe('3 4');
    await expect.poll(cutLinks).toBe(6);

    await openDialog();
    for (const node of [3, 4]) await chooseGroup(node, 'ArrowLeft');
    await at.lab.byId('partition-submit').focus();
    await page.keyboard.press('Enter');
    await at.lab.byId('group-B').waitFor({ state: 'detached' });
    await expect.poll(cutLinks).toBe(0);
  });

  it('comes ready-made', async () => {
    const leader = await at.lab.leader();
    await at.lab.byId('open-partition').click();
    await at.lab.byId('preset-isolate-leader').click();
    await expect.poll(() => members('B')).toBe(`${leader}`);
    await at.lab.byId('heal-all').click();
    await at.lab.byId('group-B').waitFor({ state: 'detached' });
  });
});

describe('a link', () => {
  const at = labAtPage();

  it('loses everything and is made whole, by the keyboard alone', async () => {
    const leader = await at.lab.leader();
    const follower = (leader + 1) % 3;
    const [a, b] = [Math.min(leader, follower), Math.max(leader, follower)];
    const { page } = at.lab;
    const link = at.lab.byId(`link-${a}-${b}`);
    await link.focus();
    await page.keyboard.press('Enter');
    await at.lab.byId('worsen-percent').focus();
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type('100');
    await page.keyboard.press('Enter');
    await expect.poll(() => link.getAttribute('data-faults')).toBe('2');
    await expect.poll(() => link.getAttribute('aria-label')).toContain('100 % lost');
    const rule = at.lab.byId(`rule-in-force-drop ${a}→${b}`);
    await expect.poll(() => rule.innerText()).toContain('dropped');

    for (const way of [`${a}→${b}`, `${b}→${a}`]) {
      await at.lab.byId(`clear-drop ${way}`).focus();
      await page.keyboard.press('Enter');
    }
    await expect.poll(() => link.getAttribute('data-faults')).toBe('0');
    expect((await at.lab.leader()) >= 0).toBe(true);
    expect(at.lab.complaints).toEqual([]);
  });

  it('has its latest datagrams in reach of the keyboard', async () => {
    const { page } = at.lab;
    await page.keyboard.press('Escape');
    const leader = await at.lab.leader();
    const follower = (leader + 1) % 3;
    await at.lab.byId(`link-${Math.min(leader, follower)}-${Math.max(leader, follower)}`).focus();
    await page.keyboard.press('Enter');
    const list = at.lab.byId('link-datagrams');
    await list.getByRole('option').nth(2).waitFor();
    await list.focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect.poll(() => list.locator('[aria-selected="true"]').count()).toBe(1);
    await at.lab.byId('datagram-note').waitFor();
  });
});
