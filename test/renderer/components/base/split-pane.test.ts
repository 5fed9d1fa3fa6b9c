// @vitest-environment happy-dom
import { mount, type VueWrapper } from '@vue/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { nextTick } from 'vue';
import SplitPane from '../../../../renderer/components/base/split-pane.vue';

/** There is no layout here: whoever observes is told that it is a thousand pixels wide. */
class WideWindow {
  readonly #report: (entries: unknown[]) => void;
  constructor(report: (entries: unknown[]) => void) {
    this.#report = report;
  }
  observe(): void {
    queueMicrotask(() => this.#report([{ contentBoxSize: [{ inlineSize: 1_000, blockSize: 600 }] }]));
  }
  disconnect(): void {}
}

beforeEach(() => {
  localStorage.clear();
  vi.stubGlobal('ResizeObserver', WideWindow);
});
afterEach(() => vi.unstubAllGlobals());

const props = {
  direction: 'row',
  sized: 'second',
  name: 'test',
  label: 'Width',
  initial: 300,
  min: 200,
  otherMin: 100,
} as const;

async function mountBar(): Promise<ReturnType<VueWrapper['get']>> {
  const wrapper = mount(SplitPane, { props });
  await nextTick();
  await nextTick();
  return wrapper.get('[role="separator"]');
}

describe('the bar between two panes', () => {
  it('is moved by the arrow keys, within what the window allows, and remembered', async () => {
    const bar = await mountBar();
    expect(bar.attributes()).toMatchObject({ 'aria-valuenow': '300', 'aria-orientation': 'vertical', tabindex: '0' });
    await bar.trigger('keydown', { key: 'ArrowLeft' });
    expect(bar.attributes('aria-valuenow')).toBe('316');
    await bar.trigger('keydown', { key: 'End' });
    expect(bar.attributes('aria-valuenow')).toBe('900');
    await bar.trigger('keydown', { key: 'Home' });
    expect(bar.attributes('aria-valuenow')).toBe('200');
    expect(localStorage.getItem('raft-lab.split.test')).toBe('200');
    await bar.trigger('keydown', { key: 'Enter' });
    expect(bar.attributes('aria-valuenow')).toBe('300');
  });

  it('is gone with the pane that is left out, and the other one has all', () => {
    const slots = { first: '<p class="one" />', second: '<p class="other" />' };
    const wrapper = mount(SplitPane, { props: { ...props, without: 'second' }, slots });
    expect(wrapper.find('[role="separator"]').exists()).toBe(false);
    expect([wrapper.find('.one').exists(), wrapper.find('.other').exists()]).toEqual([true, false]);
  });

  it('bears whatever the browser has kept', async () => {
    localStorage.setItem('raft-lab.split.test', 'wide');
    expect((await mountBar()).attributes('aria-valuenow')).toBe('300');
  });
});
