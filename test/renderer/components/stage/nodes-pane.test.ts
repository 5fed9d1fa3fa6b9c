// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import NodesPane from '../../../../renderer/components/stage/nodes-pane.vue';
import { useSelectionStore } from '../../../../renderer/stores/selection.ts';
import { EventStory } from '../../../support/event-story.ts';
import { byTestId, mountOnLab, type MountedOnLab } from '../../../support/mount-on-lab.ts';

let lab: MountedOnLab;

beforeEach(async () => {
  lab = await mountOnLab(NodesPane, new EventStory().cluster(3));
});
afterEach(() => lab.page.unmount());

describe('the pane of nodes', () => {
  it('has three faces, and begins with the cards', async () => {
    const faces = [...byTestId('nodes-face').querySelectorAll<HTMLElement>('[role="radio"]')];
    expect(faces.map((face) => face.textContent.trim())).toEqual(['Cards', 'Members', 'Rules']);
    expect(byTestId('card-0')).toBeDefined();
    faces[1]?.click();
    await expect.poll(() => byTestId('members-panel')).toBeDefined();
    expect(document.querySelector('[data-testid="card-0"]')).toBeNull();
    faces[2]?.click();
    await expect.poll(() => byTestId('rules-panel')).toBeDefined();
  });

  it('shows the face that somebody else asks for', async () => {
    useSelectionStore().nodesFace = 'rules';
    await expect.poll(() => byTestId('rules-panel')).toBeDefined();
  });
});
