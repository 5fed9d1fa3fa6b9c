// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { defineComponent, h, nextTick } from 'vue';
import GuidedTour from '../../../../renderer/components/tour/guided-tour.vue';
import { useActionsStore } from '../../../../renderer/stores/actions.ts';
import { useTourStore } from '../../../../renderer/stores/tour.ts';
import { EventStory } from '../../../support/event-story.ts';
import { byTestId, mountOnLab, type MountedOnLab } from '../../../support/mount-on-lab.ts';

/** The page as far as the tour points at it; the timeline is not there. */
const Page = defineComponent({
  render: () => [
    ...['stage', 'client', 'logs'].map((pane) =>
      h('div', { 'data-region': pane }, [h('div', { id: `panel-of-${pane}` })]),
    ),
    h('button', { 'data-tour': 'help' }),
    h(GuidedTour),
  ],
});

let lab: MountedOnLab;
let story: EventStory;

beforeEach(async () => {
  localStorage.clear();
  story = new EventStory();
  lab = await mountOnLab(Page, story);
});
afterEach(() => lab.page.unmount());

const isThere = (testId: string): boolean => document.querySelector(`[data-testid="${testId}"]`) !== null;
const stepShown = (): string | undefined =>
  document.querySelector<HTMLElement>('[data-testid="tour"]')?.dataset['step'];
async function lead(): Promise<void> {
  story.cluster(3).elect(0, 1, 3);
  await lab.goOn();
  await expect.poll(() => isThere('tour')).toBe(true);
}
async function next(): Promise<void> {
  const before = stepShown();
  byTestId('tour-next').click();
  await expect.poll(stepShown).not.toBe(before);
}

describe('the guided tour', () => {
  it('comes up by itself with the first leader, has the focus, and leaves out what is not there', async () => {
    expect(isThere('tour')).toBe(false);
    await lead();
    expect(stepShown()).toBe('stage');
    await expect.poll(() => document.activeElement?.tagName).toBe('H2');
    expect(byTestId('tour').getAttribute('role')).toBe('dialog');
    const steps = [stepShown()];
    for (const _ of [1, 2, 3, 4]) {
      await next();
      steps.push(stepShown());
    }
    expect(steps).toEqual(['stage', 'crash', 'append', 'logs', 'keys']);
    byTestId('tour-next').click();
    await expect.poll(() => isThere('tour')).toBe(false);
  });

  it('crashes the leader when asked to, and tells who won', async () => {
    await lead();
    await next();
    byTestId('tour-crash').click();
    await lab.agree();
    expect(lab.commands()).toEqual([{ type: 'crash-node', node: 0 }]);
    story.lab({ type: 'node-ended', target: 0, cause: 'crashed', reason: 'killed' });
    await lab.goOn();
    expect(byTestId('tour-result').textContent).toContain('Nobody leads');
    story.elect(1, 2, 3);
    await lab.goOn();
    expect(byTestId('tour-result').textContent).toContain('Node 1 won the election of term 2');
    byTestId('tour-restart').click();
    await lab.agree();
    expect(lab.commands().at(-1)).toEqual({ type: 'start-node', node: 0 });
  });

  it('is skipped at any time, does not come back by itself, and does when asked', async () => {
    await lead();
    byTestId('tour-skip').click();
    await nextTick();
    expect(isThere('tour')).toBe(false);
    expect(useTourStore().wasSeen).toBe(true);
    story.elect(1, 2, 3);
    await lab.goOn();
    expect(isThere('tour')).toBe(false);
    useActionsStore().run('help.tour');
    await expect.poll(() => isThere('tour')).toBe(true);
  });
});
