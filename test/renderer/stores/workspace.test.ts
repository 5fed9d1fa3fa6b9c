// @vitest-environment happy-dom
import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, describe, expect, it } from 'vitest';
import { defaultArrangement, paneIds, regionIds, useWorkspaceStore } from '../../../renderer/stores/workspace.ts';

beforeEach(() => {
  localStorage.clear();
  setActivePinia(createPinia());
});

describe('the arrangement', () => {
  it('has each pane in one place from the start', () => {
    const placed = regionIds.flatMap((name) => defaultArrangement[name].panes);
    expect(placed.toSorted()).toEqual(paneIds.toSorted());
  });

  it('brings a pane to the front', () => {
    const workspace = useWorkspaceStore();
    expect(workspace.isInFront('charts')).toBe(false);
    workspace.show('charts');
    expect(workspace.isInFront('charts')).toBe(true);
    expect(workspace.isInFront('matrix')).toBe(false);
  });

  it('hides a pane behind its neighbour, and brings it back where it stands by default', () => {
    const workspace = useWorkspaceStore();
    workspace.hide('matrix');
    expect(workspace.regionOf('matrix')).toBeUndefined();
    expect(workspace.isInFront('charts')).toBe(true);
    workspace.hide('charts');
    expect(workspace.arrangement.corner).toEqual({ panes: [], front: null });
    workspace.show('matrix');
    expect(workspace.arrangement.corner).toEqual({ panes: ['matrix'], front: 'matrix' });
  });

  it('moves a pane to another region, before a tab of it', () => {
    const workspace = useWorkspaceStore();
    workspace.move('logs', 'side', 1);
    expect(workspace.arrangement.side).toEqual({
      panes: ['nodes', 'logs', 'members', 'rules', 'faults'],
      front: 'logs',
    });
    expect(workspace.arrangement.bottom).toEqual({ panes: [], front: null });
    workspace.reset();
    expect(workspace.arrangement).toEqual(defaultArrangement);
  });

  it('that the storage holds and makes no sense is the default one', () => {
    for (const held of [
      '{}',
      '7',
      JSON.stringify({ ...defaultArrangement, main: { panes: ['logs'], front: 'logs' } }),
    ]) {
      localStorage.setItem('raft-lab.arrangement', held);
      setActivePinia(createPinia());
      expect(useWorkspaceStore().arrangement).toEqual(defaultArrangement);
    }
  });
});
