// @vitest-environment happy-dom
import { enableAutoUnmount } from '@vue/test-utils';
import { afterEach, describe, expect, it } from 'vitest';
import { nextTick } from 'vue';
import TimelineStrip from '../../../../renderer/components/timeline/timeline-strip.vue';
import { useActionsStore } from '../../../../renderer/stores/actions.ts';
import { useSelectionStore } from '../../../../renderer/stores/selection.ts';
import { mountPane, testId } from '../../../support/mount-pane.ts';
import { EventStory } from '../../../support/event-story.ts';
import { settled } from '../../../support/page-door.ts';
import { PastPage } from '../../../support/past-page.ts';

const story = new EventStory().cluster(3).elect(1, 2, 3).elect(2, 3, 3);

function open() {
  const past = new PastPage(story.events);
  const strip = mountPane(TimelineStrip);
  const press = async (id: string): Promise<void> => {
    await strip.get(testId(id)).trigger('click');
    await settled();
    await nextTick();
  };
  const key = async (name: string): Promise<void> => {
    await strip.get(testId('time-handle')).trigger('keydown', { key: name });
    await settled();
    await nextTick();
  };
  const mode = (): string | undefined => strip.get(testId('time-readout')).attributes('data-mode');
  return { past, strip, press, key, mode };
}

enableAutoUnmount(afterEach);

describe('the timeline strip', () => {
  it('says that the present is shown, and leads back to it', async () => {
    const { strip, press, mode } = open();
    expect(mode()).toBe('live');
    expect(strip.find(testId('go-live')).exists()).toBe(false);
    await press('hold-or-play');
    expect(mode()).toBe('held');
    expect(strip.get(testId('time-ago')).text()).toContain('ago');
    await press('go-live');
    expect(mode()).toBe('live');
  });

  it('steps by events and says what has happened; that selects it', async () => {
    const { past, strip, press } = open();
    await press('step-back');
    await press('step-back');
    expect(past.playhead.position).toBe(story.events.length - 2);
    await press('last-event');
    expect(useSelectionStore().selection).toEqual({ kind: 'event', position: story.events.length - 3 });
    expect(strip.get(testId('last-event')).text()).toContain('node');
  });

  it('steps to what is chosen', async () => {
    const { past, strip, press } = open();
    await strip.get(testId('step-goal')).setValue('Elections');
    await press('previous-goal');
    const [first, second] = story.events.filter(({ type }) => type === 'election-started');
    expect(past.playhead.lastEvent?.event).toEqual(second);
    await press('previous-goal');
    expect(past.playhead.lastEvent?.event).toEqual(first);
    await press('next-goal');
    expect(past.playhead.lastEvent?.event).toEqual(second);
  });

  it('slows the picture of what goes on', async () => {
    const { past, strip, mode } = open();
    await strip.get(testId('picture-speed')).setValue('0.1');
    expect(mode()).toBe('slowed');
    expect(past.playhead.isPast).toBe(false);
    expect(strip.get(testId('time-ago')).text()).toContain('lags');
  });

  it('is moved by keys: a slider from the beginning to the present', async () => {
    const { past, strip, key, mode } = open();
    await key('Home');
    expect(mode()).toBe('held');
    const handle = strip.get(testId('time-handle'));
    expect(handle.attributes()).toMatchObject({ role: 'slider', tabindex: '0' });
    expect(handle.attributes('aria-valuetext')).toContain('ago');
    expect(past.playhead.position).toBeLessThan(3);
    await key('PageUp');
    expect(mode()).toBe('live');
    await key('ArrowLeft');
    expect(mode()).toBe('held');
    await key('End');
    expect(handle.attributes('aria-valuetext')).toBe('The present');
  });

  it('offers all of it by name, and takes it back', () => {
    const { strip } = open();
    const actions = useActionsStore();
    const keys = actions.all.flatMap((action) => action.keys ?? []);
    expect(keys).toEqual(expect.arrayContaining(['Space', ',', '.', 'l', 'ArrowLeft']));
    expect(new Set(keys).size).toBe(keys.length);
    expect(actions.run('time.live')).toBe(false);
    expect(actions.run('time.hold-or-play')).toBe(true);
    expect(actions.run('time.live')).toBe(true);
    strip.unmount();
    expect(actions.all).toEqual([]);
  });
});
