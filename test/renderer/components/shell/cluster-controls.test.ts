// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { nextTick } from 'vue';
import ClusterControls from '../../../../renderer/components/shell/cluster-controls.vue';
import { useSettingsStore } from '../../../../renderer/stores/settings.ts';
import { EventStory } from '../../../support/event-story.ts';
import { byTestId, mountOnLab, type MountedOnLab } from '../../../support/mount-on-lab.ts';

let lab: MountedOnLab;
let story: EventStory;

beforeEach(async () => {
  localStorage.clear();
  story = new EventStory();
  lab = await mountOnLab(ClusterControls, story);
});
afterEach(() => lab.page.unmount());

const isThere = (testId: string): boolean => document.querySelector(`[data-testid="${testId}"]`) !== null;

describe('the cluster’s controls', () => {
  it('start as many nodes as chosen', async () => {
    useSettingsStore().clusterSize = 5;
    await nextTick();
    byTestId('start-cluster').click();
    await lab.agree();
    expect(lab.commands()).toEqual([{ type: 'start-cluster', nodes: 5 }]);
  });

  it('offer to stop what runs, and to start only what is another size', async () => {
    story.cluster(3);
    await lab.goOn();
    expect([isThere('start-cluster'), isThere('stop-cluster')]).toEqual([false, true]);
    useSettingsStore().clusterSize = 7;
    await nextTick();
    expect(byTestId('start-cluster').textContent).toContain('Start 7 nodes');
    byTestId('stop-cluster').click();
    await lab.agree();
    expect(lab.commands()).toEqual([{ type: 'stop-cluster' }]);
  });

  it('begin a new cluster only after asking, and say that nothing is deleted', async () => {
    byTestId('new-cluster').click();
    await expect.poll(() => byTestId('confirm-new-cluster')).toBeDefined();
    expect(lab.commands()).toEqual([]);
    expect(document.querySelector('[role="dialog"]')?.textContent).toContain('Nothing is deleted');
    byTestId('confirm-new-cluster').click();
    await lab.agree();
    expect(lab.commands()).toEqual([{ type: 'start-cluster', nodes: 3, fresh: true }]);
  });
});
