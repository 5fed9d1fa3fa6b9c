/** The logs side by side: an entry that only a cut off leader has, why it is not committed, what becomes of it, and what is known of one that is. */
import { describe, expect, it } from 'vitest';
import { labAtPage } from '../support/lab-at-page.ts';

describe('the log matrix', () => {
  const at = labAtPage();
  const cellWords = (): Promise<string | null> => at.lab.byId('matrix-cell').textContent();
  let index = 0;
  let first = -1;

  it('shows what a leader that is cut off has appended, and in one click why it is not committed', async () => {
    const { lab } = at;
    first = await lab.leader();
    expect((await lab.append(first, 'with a majority')).outcome).toBe('ok');
    // Without this rule it would give its office up before a person could append anything.
    await lab.byId('pane-tab-rules').click();
    await lab.byId('rule-check-quorum').click();
    await lab.byId('rules-strip').waitFor();
    await lab.byId('pane-tab-nodes').click();
    await lab.byId(`isolate-node-${first}`).click();
    await lab.page.locator('[data-testid="stage"] [data-cut="both"]').nth(1).waitFor({ state: 'attached' });
    await lab.byId('client-node').selectOption(`${first}`);
    await lab.byId('append-text').fill('alone');
    await lab.byId('append-button').click();

    const grid = lab.byId('matrix-grid');
    await grid.focus();
    await lab.page.keyboard.press('End');
    // Up to the first row, and down to that of the leader: there is a row per node.
    for (let steps = 0; steps < 3; steps++) await lab.page.keyboard.press('ArrowUp');
    for (let steps = 0; steps < first; steps++) await lab.page.keyboard.press('ArrowDown');
    expect(await cellWords()).toMatch(new RegExp(`^Node ${first},`));
    await expect
      .poll(async () => {
        await lab.page.keyboard.press('End');
        return cellWords();
      })
      .toContain('not committed');
    index = Number(/index (\d+)/.exec((await cellWords()) ?? '')?.[1]);
    const why = lab.byId('matrix-strip').getByTestId('why');
    await expect.poll(() => why.getAttribute('data-kind')).toMatch(/^(cut-off|orphan|conflict)$/);
    await lab.leader(first);
    await expect.poll(() => why.getAttribute('data-kind')).toMatch(/^(orphan|conflict)$/);
    expect(await why.innerText()).toMatch(/can’t be committed any more|was never committed/);
  });

  it('tells in the details what the answer rests on', async () => {
    const { lab } = at;
    await lab.byId('matrix-details').click();
    await expect.poll(() => lab.byId('details-title').innerText()).toBe(`Entry ${index}`);
    await lab.byId('pane-details').getByTestId('evidence').first().click();
    await expect.poll(() => lab.byId('event-line').innerText()).toContain(`${index}`);
    await lab.byId('details-back').click();
  });

  it('shows how it is replaced when the links are healed, and that the other one is committed', async () => {
    const { lab } = at;
    const second = await lab.leader(first);
    await lab.byId('pane-tab-client').click();
    expect((await lab.append(second, 'instead')).outcome).toBe('ok');
    await lab.byId('heal-all').click();
    await lab.byId('matrix-grid').focus();
    await expect.poll(cellWords).toMatch(/committed, (not )?applied/);
    await lab.byId('pane-tab-details').click();
    const life = lab.byId('entry-life');
    await expect.poll(() => life.innerText()).toContain('removed: my entry');
    await expect.poll(() => life.innerText()).toContain('learned that it is committed');
  });

  it('shows the bytes of an entry, and the moment of one of its events', async () => {
    const { lab } = at;
    await lab.byId('matrix-grid').focus();
    await lab.page.keyboard.press('Home');
    await lab.page.keyboard.press('ArrowRight');
    await expect.poll(() => lab.byId('entry-bytes').innerText()).toContain('with a majority');
    const before = await lab.byId('matrix-grid').getAttribute('aria-colcount');
    await lab.byId('life-step').first().getByRole('button').first().click();
    await lab.byId('show-moment').click();
    await expect.poll(() => lab.byId('matrix-grid').getAttribute('aria-colcount')).not.toBe(before);
    expect(lab.complaints).toEqual([]);
  });
});
