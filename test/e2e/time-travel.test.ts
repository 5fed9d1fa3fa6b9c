/** Back to before the crash: what one sees there, that nothing can be done there, and the way back to the present. */
import { describe, expect, it } from 'vitest';
import { labAtPage } from '../support/lab-at-page.ts';

/** Where on the timeline the middle of something is. */
async function middleOf(locator: { boundingBox(): Promise<{ x: number; width: number } | null> }): Promise<number> {
  const box = await locator.boundingBox();
  if (!box) throw new Error('It is not on the timeline.');
  return box.x + box.width / 2;
}

describe('time travel', () => {
  const at = labAtPage();

  it('shows the cluster as it was before a crash, and the present again', async () => {
    const { lab } = at;
    const leader = await lab.leader();
    const node = lab.page.locator(`[data-testid="node-${leader}"]`);
    const readout = lab.byId('time-readout');
    expect((await lab.append(leader, 'before the crash')).outcome).toBe('ok');
    const commitBefore = await commitOf(leader);

    await lab.byId(`crash-node-${leader}`).click();
    const next = await lab.leader(leader);
    expect((await lab.append(next, 'behind the crash')).outcome).toBe('ok');
    await expect.poll(() => node.getAttribute('data-status')).toBe('crashed');

    // The first term's band ends with the crash: its middle lies before it.
    const track = await lab.byId('timeline-track').boundingBox();
    if (!track) throw new Error('There is no timeline.');
    await expect.poll(() => lab.byId('timeline-reign').count()).toBeGreaterThan(1);
    const end = await lab.page.locator('[data-testid="timeline-sign"][data-kind="end"]').first();
    await lab.page.mouse.move(await middleOf(end), track.y + 20);
    await lab.page.mouse.down();
    await lab.page.mouse.move((await middleOf(end)) - 12, track.y + 20, { steps: 4 });
    await lab.page.mouse.up();
    await expect.poll(() => readout.getAttribute('data-mode')).toBe('held');
    await expect.poll(() => node.getAttribute('data-status')).toBe('running');
    await expect.poll(() => node.getAttribute('data-role')).toBe('leader');

    // To right behind the crash, and one event back.
    await lab.byId('step-goal').selectOption('Ends of nodes');
    await lab.byId('next-goal').click();
    await expect.poll(() => node.getAttribute('data-status')).toBe('crashed');
    await lab.byId('step-back').click();
    await expect.poll(() => node.getAttribute('data-status')).toBe('running');
    await expect.poll(() => commitOf(leader)).toBe(commitBefore);

    // Nothing can be done to what is no more.
    await lab.byId(`crash-node-${next}`).click();
    await lab.byId('toast').first().waitFor();
    expect(await lab.byId('toast').first().innerText()).toContain('the past');

    await lab.page.keyboard.press('l');
    await expect.poll(() => readout.getAttribute('data-mode')).toBe('live');
    await expect.poll(() => node.getAttribute('data-status')).toBe('crashed');
    expect(await lab.page.locator(`[data-testid="node-${next}"]`).getAttribute('data-status')).toBe('running');
    expect(lab.complaints).toEqual([]);
  });

  it('goes by keys alone: hold, back, on, the present', async () => {
    const { lab } = at;
    const handle = lab.byId('time-handle');
    const mode = (): Promise<string | null> => lab.byId('time-readout').getAttribute('data-mode');
    await handle.focus();
    await lab.page.keyboard.press('Home');
    await expect.poll(mode).toBe('held');
    await expect.poll(() => handle.getAttribute('aria-valuetext')).toContain('ago');
    await lab.page.keyboard.press('Space');
    await expect.poll(mode).toBe('playing');
    await lab.page.keyboard.press('.');
    await expect.poll(mode).toBe('held');
    await lab.page.keyboard.press('End');
    await expect.poll(mode).toBe('live');
    await lab.page.keyboard.press('[');
    await expect.poll(mode).toBe('slowed');
    await lab.page.keyboard.press('l');
    await expect.poll(mode).toBe('live');
    expect(lab.complaints).toEqual([]);
  });

  async function commitOf(node: number): Promise<string> {
    return (await at.lab.byId(`card-${node}`).innerText()).match(/commit\s+(\d+)/)?.[1] ?? '';
  }
});
