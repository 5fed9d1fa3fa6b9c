// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { nextTick } from 'vue';
import ClusterControls from '../../../../renderer/components/shell/cluster-controls.vue';
import { useOverlaysStore } from '../../../../renderer/stores/overlays.ts';
import { useStartChoiceStore } from '../../../../renderer/stores/start-choice.ts';
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
  it('start what was chosen last with one click, and say what that is', async () => {
    const start = useStartChoiceStore();
    start.choice = { ...start.choice, nodes: 5, voters: 5, rulesOff: ['pre-vote'] };
    await nextTick();
    expect(byTestId('start-cluster').textContent).toContain('Start 5 nodes, 1 rule off');
    byTestId('start-cluster').click();
    await lab.agree();
    expect(lab.commands()).toMatchObject([{ type: 'start-cluster', nodes: 5, rulesOff: ['pre-vote'] }]);
  });

  it('offer to stop what runs', async () => {
    story.cluster(3);
    await lab.goOn();
    expect([isThere('start-cluster'), isThere('stop-cluster')]).toEqual([false, true]);
    byTestId('stop-cluster').click();
    await lab.agree();
    expect(lab.commands()).toEqual([{ type: 'stop-cluster' }]);
  });

  it('open the dialog in which another cluster is described', async () => {
    byTestId('new-cluster').click();
    await nextTick();
    expect(useOverlaysStore().shown).toBe('start');
    expect(lab.commands()).toEqual([]);
  });
});
