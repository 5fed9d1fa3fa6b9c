// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { nextTick } from 'vue';
import StartDialog from '../../../../renderer/components/start/start-dialog.vue';
import { useOverlaysStore } from '../../../../renderer/stores/overlays.ts';
import { useStartChoiceStore } from '../../../../renderer/stores/start-choice.ts';
import { EventStory } from '../../../support/event-story.ts';
import { byTestId, mountOnLab, type MountedOnLab } from '../../../support/mount-on-lab.ts';

let lab: MountedOnLab;
let story: EventStory;

beforeEach(async () => {
  localStorage.clear();
  story = new EventStory();
  lab = await mountOnLab(StartDialog, story);
  useOverlaysStore().set('start', true);
  await nextTick();
  await nextTick();
});
afterEach(() => lab.page.unmount());

const isThere = (testId: string): boolean => document.querySelector(`[data-testid="${testId}"]`) !== null;

async function choose(control: string, label: string): Promise<void> {
  const radios = [...byTestId(control).querySelectorAll<HTMLElement>('[role="radio"]')];
  radios.find((radio) => radio.textContent.trim() === label)?.click();
  await nextTick();
}
async function type(field: string, text: string): Promise<void> {
  const input = byTestId(field);
  if (!(input instanceof HTMLInputElement)) throw new Error(`${field} is no field.`);
  input.value = text;
  input.dispatchEvent(new Event('input'));
  await nextTick();
}
async function press(testId: string): Promise<void> {
  byTestId(testId).click();
  await nextTick();
}
const begin = async (): Promise<void> => {
  byTestId('start-dialog').dispatchEvent(new Event('submit', { cancelable: true }));
  await lab.agree();
};

describe('the dialog of a start', () => {
  it('starts what is described, and remembers it', async () => {
    await choose('start-nodes', '5');
    await choose('start-timing', 'Lecture');
    await choose('start-logs', 'Begin fresh');
    await press('start-rule-pre-vote');
    await begin();
    expect(lab.commands()).toMatchObject([
      { type: 'start-cluster', nodes: 5, fresh: true, rulesOff: ['pre-vote'], timings: { heartbeatIntervalMs: 1_000 } },
    ]);
    expect(lab.commands()[0]).not.toHaveProperty('voters');
    expect(useStartChoiceStore().choice).toMatchObject({ nodes: 5, voters: 5, preset: 'lecture' });
    expect(isThere('start-dialog')).toBe(false);
  });

  it('opens a simulated world from the seed that it shows', async () => {
    await choose('start-world', 'Simulated');
    expect(isThere('start-logs')).toBe(false);
    await type('start-seed', '4711');
    await begin();
    expect(lab.commands()).toMatchObject([{ world: 'simulated', seed: 4711 }]);
  });

  it('starts nothing that can not be: it says what to mend', async () => {
    await choose('start-timing', 'Custom');
    await type('start-heartbeat', '150');
    expect(byTestId('start-problem').textContent).toContain('more often');
    await type('start-heartbeat', 'soon');
    expect(byTestId('start-problem').textContent).toContain('whole number');
    expect(byTestId('confirm-start').hasAttribute('disabled')).toBe(true);
    await type('start-heartbeat', '20');
    expect(isThere('start-problem')).toBe(false);
  });

  it('looks for a seed, shows how far it is, and can be ended', async () => {
    await choose('start-world', 'Simulated');
    await press('find-seed');
    story.lab({
      type: 'search-progress',
      looking: 'split-vote',
      seed: 12,
      tried: 12,
      seedsMax: 100,
      state: 'searching',
    });
    await lab.goOn();
    expect(byTestId('search-progress').textContent).toContain('12 of 100 tried');
    expect(byTestId('confirm-start').hasAttribute('disabled')).toBe(true);
    await press('stop-search');
    expect(lab.commands().map(({ type: asked }) => asked)).toEqual(['find-seed', 'stop-search']);
  });

  it('asks for a rule that is off before it looks for a broken promise', async () => {
    await choose('start-world', 'Simulated');
    const sought = byTestId('sought');
    if (!(sought instanceof HTMLSelectElement)) throw new Error('What is sought is no select.');
    sought.selectedIndex = 2;
    sought.dispatchEvent(new Event('change'));
    await nextTick();
    expect(byTestId('find-seed').hasAttribute('disabled')).toBe(true);
    await press('start-rule-up-to-date-vote');
    expect(byTestId('find-seed').hasAttribute('disabled')).toBe(false);
  });
});
