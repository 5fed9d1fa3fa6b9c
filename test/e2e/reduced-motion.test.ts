/** With less motion wanted everything is there all the same: nothing moves, nothing is missing. */
import { describe, expect, it } from 'vitest';
import { labAtPage } from '../support/lab-at-page.ts';
import type { LabPage } from '../support/lab-page.ts';

describe('less motion', () => {
  const at = labAtPage({ reducedMotion: 'reduce' });

  it('the logs come back when a filter is taken away, and go on following', async () => {
    const leader = await at.lab.leader();
    await at.lab.byId('log-filter').fill('no line says this');
    await at.lab.page.getByText('No line matches').waitFor();
    await at.lab.byId('log-filter').fill('');
    await at.lab.append(leader, 'the latest of all');
    const latest = at.lab.byId('log-row').filter({ hasText: 'the latest of all' }).first();
    await expect.poll(() => isInView(at.lab, latest)).toBe(true);
    expect(at.lab.complaints).toEqual([]);
  });
});

/** Whether a row is within the window of its list. */
async function isInView(lab: LabPage, row: ReturnType<LabPage['byId']>): Promise<boolean> {
  const [inner, outer] = await Promise.all([row.boundingBox(), lab.page.getByRole('log').boundingBox()]);
  return inner !== null && outer !== null && inner.y >= outer.y && inner.y + inner.height <= outer.y + outer.height + 1;
}
