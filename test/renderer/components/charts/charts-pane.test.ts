// @vitest-environment happy-dom
import { enableAutoUnmount } from '@vue/test-utils';
import { createPinia, setActivePinia } from 'pinia';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Query } from '../../../../shared/query.ts';
import { SecondsFold } from '../../../../shared/projection/second-figures.ts';
import { fail, succeed, type Result } from '../../../../shared/result.ts';
import ChartsPane from '../../../../renderer/components/charts/charts-pane.vue';
import { useConnectionStore } from '../../../../renderer/stores/connection.ts';
import { usePlayheadStore } from '../../../../renderer/stores/playhead.ts';
import { useTimelineStore } from '../../../../renderer/stores/timeline.ts';
import { EventStory } from '../../../support/event-story.ts';
import { labThatAnswers } from '../../../support/fake-lab.ts';
import { mountPane, testId } from '../../../support/mount-pane.ts';
import { settled } from '../../../support/page-door.ts';
import { snapshotAfter } from '../../../support/page-events.ts';

const { events } = new EventStory().cluster(3).elect(1, 2, 3);

function figures(query: Query): Result<unknown> {
  if (query.type !== 'seconds') return fail('not-running', 'Nothing is kept.');
  const fold = new SecondsFold();
  for (const event of events) fold.take(event);
  return succeed(fold.running && query.fromNs === 0 ? [fold.running] : []);
}

/** The page of a session of four seconds. */
async function open(answer: (query: Query) => Result<unknown>) {
  const lab = labThatAnswers(() => succeed(null), answer);
  useConnectionStore().nowNs = () => 4.5e9;
  const timeline = useTimelineStore();
  timeline.reset(snapshotAfter(events));
  await settled();
  const pane = mountPane(ChartsPane);
  await settled();
  return { lab, pane };
}

beforeEach(() => setActivePinia(createPinia()));
enableAutoUnmount(afterEach);

describe('the charts pane', () => {
  it('asks for the seconds that are over, once', async () => {
    const { lab, pane } = await open(figures);
    const asked = lab.queries.filter(({ type }) => type === 'seconds');
    expect(asked).toEqual([{ type: 'seconds', fromNs: 0, toNs: 4e9 - 1 }]);
    expect(pane.get(testId('charts')).text()).toContain('p99');
  });

  it('has a table that says the same, and leads to each moment', async () => {
    const { pane } = await open(figures);
    await pane.get(testId('charts-face')).findAll('button')[1]?.trigger('click');
    const rows = pane.get(testId('figures-table')).findAll('tbody tr');
    expect(rows).toHaveLength(4);
    expect(rows.at(-1)?.text()).toContain('0:00');
    await rows[1]?.get('button').trigger('click');
    expect(usePlayheadStore().shownNs).toBe(2e9);
  });

  it('says why when the figures do not come', async () => {
    const { pane } = await open(() => fail('not-running', 'Nothing is kept.'));
    await settled();
    expect(pane.text()).toContain('Nothing is kept.');
  });
});
