/** The app ends while its page is open: the page says so and asks nothing of a lab that is not there. */
import { beforeAll, describe, expect, it } from 'vitest';
import { labAtPage } from '../support/lab-at-page.ts';

describe('a page whose lab has ended', () => {
  const at = labAtPage();

  beforeAll(() => at.app.stop());

  it('names no leader any more, and says what is the matter', async () => {
    await expect.poll(() => at.lab.byId('leader-banner').getAttribute('data-kind')).toBe('cut-off');
    await at.lab.byId('lost-banner').waitFor();
  });

  it('takes no requests and no commands, but its logs can still be read', async () => {
    await expect.poll(() => at.lab.byId('panel-client').evaluate((pane) => pane.hasAttribute('inert'))).toBe(true);
    expect(await at.lab.byId('panel-nodes').evaluate((pane) => pane.hasAttribute('inert'))).toBe(true);
    await at.lab.byId('log-filter').fill('leader');
    await expect.poll(() => at.lab.byId('log-row').count()).toBeGreaterThan(0);
  });
});
