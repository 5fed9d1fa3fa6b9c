import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { useActionsStore } from '../../../renderer/stores/actions.ts';

beforeEach(() => setActivePinia(createPinia()));

describe('actions', () => {
  it('are done by their names while they are registered', () => {
    const actions = useActionsStore();
    const run = vi.fn<() => void>();
    const end = actions.register([{ id: 'a.b', label: 'B', group: 'A', run }]);
    expect(actions.all.map(({ id }) => id)).toEqual(['a.b']);
    expect(actions.run('a.b')).toBe(true);
    end();
    expect(actions.run('a.b')).toBe(false);
    expect(run).toHaveBeenCalledTimes(1);
    expect(actions.all).toEqual([]);
  });

  it('that can not be done now are left alone', () => {
    const actions = useActionsStore();
    const run = vi.fn<() => void>();
    actions.register([{ id: 'a', label: 'A', group: 'A', isEnabled: () => false, run }]);
    expect(actions.run('a')).toBe(false);
    expect(run).not.toHaveBeenCalled();
  });

  it('of the same name take the place of the former, which does not take them away', () => {
    const actions = useActionsStore();
    const second = vi.fn<() => void>();
    const endFirst = actions.register([{ id: 'a', label: 'first', group: 'A', run: vi.fn<() => void>() }]);
    actions.register([{ id: 'a', label: 'second', group: 'A', run: second }]);
    endFirst();
    expect(actions.run('a')).toBe(true);
    expect(second).toHaveBeenCalledTimes(1);
  });
});
