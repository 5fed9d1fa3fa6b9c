/** The demo of the prototype's post, by a person at the page: three nodes, append "foo", read 0..5. */
import { describe, expect, it } from 'vitest';
import { labAtPage } from '../support/lab-at-page.ts';

describe("the seed's demo at the page", () => {
  const at = labAtPage();

  it('elects one leader, and every node knows it', async () => {
    const leader = await at.lab.leader();
    const stage = at.lab.byId('stage');
    await expect.poll(() => stage.locator('[data-role="follower"][data-status="running"]').count()).toBe(2);
    await expect.poll(() => at.lab.byId('leader-banner').innerText()).toContain(`${leader}`);
  });

  it('takes "foo" through a node that does not lead, and reads exactly one (term, "foo") through each', async () => {
    const leader = await at.lab.leader();
    const follower = (leader + 1) % 3;
    const { outcome, words } = await at.lab.append(follower, 'foo');
    expect(outcome).toBe('ok');
    // Before it stand only the no-ops of the terms so far.
    const index = /\d+/.exec(words)?.[0];
    for (const node of [0, 1, 2]) {
      const rows = await at.lab.range(node, 0, 5);
      expect(rows, `through node ${node}`).toHaveLength(1);
      const [shownIndex, term, , payload] = rows[0] ?? [];
      expect(shownIndex).toBe(index);
      expect(words).toContain(`term ${term}`);
      expect(payload).toBe('foo');
    }
  });

  it('says what it did, in the log and in the history', async () => {
    await expect.poll(() => at.lab.byId('logs-pane').innerText()).toMatch(/COMMITS|commit/i);
    expect(await at.lab.byId('history-row').count()).toBe(4);
    expect(at.lab.complaints).toEqual([]);
  });
});
