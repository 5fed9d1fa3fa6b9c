// @vitest-environment happy-dom
import { afterEach, describe, expect, it } from 'vitest';
import NodesPane from '../../../../renderer/components/stage/nodes-pane.vue';
import { EventStory } from '../../../support/event-story.ts';
import { byTestId, mountOnLab, type MountedOnLab } from '../../../support/mount-on-lab.ts';

let lab: MountedOnLab;
afterEach(() => lab.page.unmount());

describe('the pane of nodes', () => {
  it('has a card for each', async () => {
    lab = await mountOnLab(NodesPane, new EventStory().cluster(3));
    for (const id of [0, 1, 2]) expect(byTestId(`card-${id}`).textContent).toContain(`Node ${id}`);
  });

  it('says that there is no cluster', async () => {
    lab = await mountOnLab(NodesPane, new EventStory());
    expect(byTestId('nodes').textContent).toContain('No cluster');
  });
});
