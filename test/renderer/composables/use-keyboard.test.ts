// @vitest-environment happy-dom
import { mount, type VueWrapper } from '@vue/test-utils';
import { createPinia, setActivePinia } from 'pinia';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { h } from 'vue';
import { useKeyboard } from '../../../renderer/composables/use-keyboard.ts';
import { useActionsStore, type PageAction } from '../../../renderer/stores/actions.ts';
import { useSettingsStore } from '../../../renderer/stores/settings.ts';

let page: VueWrapper;
let done: string[];

const offer = (id: string, keys: string, isEnabled = true): PageAction => ({
  id,
  label: id,
  group: 'A',
  keys: [keys],
  isEnabled: () => isEnabled,
  run: () => done.push(id),
});

beforeEach(() => {
  localStorage.clear();
  setActivePinia(createPinia());
  done = [];
  page = mount(
    {
      setup() {
        useKeyboard();
        return () => [h('input'), h('button'), h('div', { role: 'menu' }, [h('span', { tabindex: 0 })]), h('p')];
      },
    },
    { attachTo: document.body },
  );
});
afterEach(() => page.unmount());

function press(key: string, on = 'p', more: KeyboardEventInit = {}): boolean {
  return page
    .get(on)
    .element.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more }));
}

describe('the keyboard', () => {
  it('does what is registered for a key, and keeps the browser from doing something else', () => {
    useActionsStore().register([offer('heal', 'h')]);
    expect(press('h')).toBe(false);
    expect(press('x')).toBe(true);
    expect(done).toEqual(['heal']);
  });

  it('leaves single keys to fields and menus, and Space to buttons; combinations with Mod work everywhere', () => {
    useActionsStore().register([offer('heal', 'h'), offer('play', 'Space'), offer('palette', 'Mod+Shift+P')]);
    press('h', 'input');
    press('h', 'span');
    press(' ', 'button');
    expect(done).toEqual([]);
    press('P', 'input', { ctrlKey: true, shiftKey: true });
    press('h', 'button');
    press(' ');
    expect(done).toEqual(['palette', 'heal', 'play']);
  });

  it('knows keys one after the other', () => {
    useActionsStore().register([offer('stage', 'g s'), offer('step', 's')]);
    press('g');
    press('s');
    press('s');
    expect(done).toEqual(['stage', 'step']);
    press('g');
    press('x');
    press('s');
    expect(done).toEqual(['stage', 'step', 'step']);
  });

  it('goes by whoever came last, as long as it can be done', () => {
    const actions = useActionsStore();
    actions.register([offer('window', 'm')]);
    actions.register([offer('pane', 'm'), offer('not now', 'm', false)]);
    press('m');
    expect(done).toEqual(['pane']);
  });

  it('does without single keys where somebody wants none (WCAG 2.1.4)', () => {
    useActionsStore().register([offer('heal', 'h'), offer('palette', 'Mod+k')]);
    useSettingsStore().singleKeys = false;
    press('h');
    press('k', 'p', { ctrlKey: true });
    expect(done).toEqual(['palette']);
  });

  it('leaves alone what somebody else has answered, and what a held key repeats', () => {
    useActionsStore().register([offer('heal', 'h')]);
    const answered = (event: Event): void => event.preventDefault();
    page.get('p').element.addEventListener('keydown', answered);
    press('h');
    press('h', 'button', { repeat: true });
    expect(done).toEqual([]);
  });

  it('does again, while a key is held, only what says so', () => {
    useActionsStore().register([offer('heal', 'h'), { ...offer('step', '.'), repeats: true }]);
    for (const repeat of [false, true, true]) {
      press('h', 'p', { repeat });
      press('.', 'p', { repeat });
    }
    expect(done).toEqual(['heal', 'step', 'step', 'step']);
  });
});
