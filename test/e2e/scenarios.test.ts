/** A scenario is run from the page, in either world: steps tick off, verdicts come, and the checks have their say. */
import { describe, expect, it } from 'vitest';
import type { Locator } from 'playwright-core';
import { labAtPage } from '../support/lab-at-page.ts';

/** On a busy machine. */
const patience = { timeout: 60_000 };

describe('scenarios on the page', () => {
  const at = labAtPage();
  const run = (): Locator => at.lab.byId('scenario-run-view');
  const face = (name: string): Promise<void> => at.lab.byId('scenario-face').getByRole('radio', { name }).click();
  const world = (name: string): Promise<void> => at.lab.byId('scenario-world').getByRole('radio', { name }).click();

  it('one of the library runs in the real world', async () => {
    await at.lab.page.getByRole('tab', { name: 'Scenarios' }).click();
    await at.lab.byId('scenario-first-election').click();
    await at.lab.byId('scenario-run').click();
    await expect.poll(() => run().getAttribute('data-outcome'), patience).toBe('met');
    expect(await at.lab.byId('scenario-step').count()).toBe(6);
    const outcomes = await at.lab
      .byId('scenario-judgement')
      .evaluateAll((rows) => rows.map((row) => row.dataset['outcome']));
    expect(outcomes.length).toBeGreaterThanOrEqual(5);
    expect(new Set(outcomes)).toEqual(new Set(['met']));
  });

  it('a step leads to its moment: the page stands there, and does nothing to the cluster', async () => {
    await at.lab.byId('scenario-step').first().click();
    await face('Library');
    await expect.poll(() => at.lab.byId('scenario-run').isDisabled()).toBe(true);
  });

  it('a page that comes later knows what ran', async () => {
    await at.lab.page.reload();
    await at.lab.page.getByRole('tab', { name: 'Scenarios' }).click();
    await face('Run');
    await expect.poll(() => run().getAttribute('data-outcome')).toBe('met');
    expect(await at.lab.byId('scenario-step').count()).toBe(6);
  });

  it('one with a rule off breaks its promise in the simulated world, and the card leads to the proof', async () => {
    await face('Library');
    await at.lab.byId('scenario-stale-read').click();
    await at.lab.byId('scenario-variant').selectOption('reads are not confirmed');
    await world('Simulated');
    await at.lab.byId('scenario-seed').fill('7');
    await at.lab.byId('scenario-run').click();
    await expect.poll(() => run().getAttribute('data-outcome'), patience).toBe('met');
    await at.lab.page.getByRole('tab', { name: 'Checks' }).click();
    const card = at.lab.byId('violation-card').first();
    await card.waitFor();
    expect(await card.getAttribute('data-promise')).toBe('linearizability');
    await expect.poll(() => card.innerText()).toContain('read-index-confirms');
  });

  it('the checks judge when they are asked', async () => {
    await at.lab.byId('judge').click();
    await at.lab.byId('checks-report').waitFor();
    expect(await at.lab.byId('promise-linearizability').getAttribute('data-verdict')).toBe('broken');
    expect(await at.lab.page.locator('[data-verdict="held"]').count()).toBeGreaterThan(5);
    expect(await at.lab.byId('checks-summary').getAttribute('data-tone')).toBe('bad');
  });

  it('a text with a mistake is refused, with its place', async () => {
    await at.lab.page.getByRole('tab', { name: 'Scenarios' }).click();
    await face('Editor');
    await at.lab.byId('scenario-text').fill('title: Mine\nstpes:\n  - append: [hello]\n');
    await at.lab.byId('scenario-run').click();
    await expect.poll(() => at.lab.byId('scenario-problems').innerText()).toContain('did you mean "steps"?');
  });

  it('what is mended runs, and can be stopped', async () => {
    await at.lab.byId('scenario-text').fill('title: Mine\nsteps:\n  - when: leader elected\n  - after: 60 s\n');
    await world('Real');
    await at.lab.byId('scenario-run').click();
    await expect.poll(() => run().getAttribute('data-status'), patience).toBe('running');
    await at.lab.byId('scenario-stop').click();
    await expect.poll(() => run().getAttribute('data-outcome'), patience).toBe('not-judged');
  });

  it('what was done by hand becomes a scenario', async () => {
    const leader = await at.lab.leader();
    await at.lab.page.getByRole('tab', { name: 'Client' }).click();
    expect((await at.lab.append(leader, 'by hand')).outcome).toBe('ok');
    await at.lab.page.getByRole('tab', { name: 'Scenarios' }).click();
    await face('Editor');
    await at.lab.byId('scenario-save').click();
    await expect.poll(() => at.lab.byId('scenario-text').inputValue()).toContain('by hand');
    expect(at.lab.complaints).toEqual([]);
  });
});
