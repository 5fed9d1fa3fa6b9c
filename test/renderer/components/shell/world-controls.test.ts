// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import WorldControls from '../../../../renderer/components/shell/world-controls.vue';
import { EventStory } from '../../../support/event-story.ts';
import { byTestId, mountOnLab, type MountedOnLab } from '../../../support/mount-on-lab.ts';

let lab: MountedOnLab;
let story: EventStory;

beforeEach(async () => {
  story = new EventStory();
  lab = await mountOnLab(WorldControls, story);
});
afterEach(() => lab.page.unmount());

describe('the controls of a simulated world', () => {
  it('are not there in the real one', async () => {
    story.cluster(3);
    await lab.goOn();
    expect(document.querySelector('[data-testid="world"]')).toBeNull();
  });

  it('show the seed; hold time, let one event happen, and let time pass on as fast as before', async () => {
    story.cluster(3, { world: 'simulated', seed: 42 });
    await lab.goOn();
    expect(byTestId('world-seed').textContent).toBe('seed 42');
    const speed = byTestId('world-speed');
    if (!(speed instanceof HTMLSelectElement)) throw new Error('The speed is no select.');
    speed.selectedIndex = [...speed.options].findIndex((option) => option.text === '2×');
    speed.dispatchEvent(new Event('change'));
    story.lab({ type: 'pace-changed', speed: 2 });
    await lab.goOn();
    byTestId('world-play').click();
    story.lab({ type: 'pace-changed', speed: 0 });
    await lab.goOn();
    byTestId('world-step').click();
    byTestId('world-play').click();
    await lab.agree();
    expect(lab.commands()).toEqual([
      { type: 'set-pace', speed: 2 },
      { type: 'set-pace', speed: 0 },
      { type: 'step-world' },
      { type: 'set-pace', speed: 2 },
    ]);
  });
});
