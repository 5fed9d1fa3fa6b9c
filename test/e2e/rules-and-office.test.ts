/** A person hands the leader's office over, and switches a rule of Raft off and on: the cluster does it, and the page says so. */
import { describe, expect, it } from 'vitest';
import { labAtPage } from '../support/lab-at-page.ts';

describe('the office and the rules', () => {
  const at = labAtPage();

  it('the office goes to the node that was chosen, and the cluster goes on under it', async () => {
    const first = await at.lab.leader();
    const second = (first + 1) % 3;
    await at.lab.byId('pane-tab-members').click();
    await expect.poll(() => at.lab.byId('configuration').innerText()).toContain('{0,1,2}');
    await at.lab.byId('transfer-to').selectOption(`${second}`);
    await at.lab.byId('transfer-submit').click();
    await expect
      .poll(() => at.lab.byId('transfer-result').locator('[data-outcome]').getAttribute('data-outcome'))
      .toBe('ok');
    await expect.poll(() => at.lab.byId(`node-${second}`).getAttribute('data-role')).toBe('leader');
    await expect.poll(() => at.lab.byId(`node-${first}`).getAttribute('data-role')).toBe('follower');
    expect((await at.lab.append(first, 'under the new leader')).outcome).toBe('ok');
  });

  it('a rule that is off is said over everything, until it is on again', async () => {
    expect(await at.lab.byId('rules-strip').count()).toBe(0);
    await at.lab.byId('pane-tab-rules').click();
    const rule = at.lab.byId('rule-pre-vote');
    await rule.focus();
    await at.lab.page.keyboard.press('Space');
    await expect.poll(() => at.lab.byId('rules-strip').innerText()).toContain('pre-vote');
    await expect.poll(() => rule.getAttribute('aria-checked')).toBe('false');
    expect((await at.lab.append(0, 'with a rule off')).outcome).toBe('ok');

    await at.lab.byId('strip-all-on').click();
    await expect.poll(() => at.lab.byId('rules-strip').count()).toBe(0);
    await expect.poll(() => rule.getAttribute('aria-checked')).toBe('true');
    expect(at.lab.complaints).toEqual([]);
  });
});
