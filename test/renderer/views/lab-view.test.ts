// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { nextTick } from 'vue';
import { useWorkspaceStore } from '../../../renderer/stores/workspace.ts';
import LabView from '../../../renderer/views/lab-view.vue';
import { EventStory } from '../../support/event-story.ts';
import { byTestId, mountOnLab, type MountedOnLab } from '../../support/mount-on-lab.ts';

let lab: MountedOnLab;

beforeEach(async () => {
  localStorage.clear();
  lab = await mountOnLab(LabView, new EventStory().cluster(3));
});
afterEach(() => lab.page.unmount());

const isThere = (testId: string): boolean => document.querySelector(`[data-testid="${testId}"]`) !== null;
const tabsOf = (region: string): string[] =>
  [...byTestId(`region-${region}`).querySelectorAll('[role="tab"]')].map((tab) =>
    tab.textContent.replace(/\s.*|\d.*/, ''),
  );

async function press(element: HTMLElement, key: string): Promise<void> {
  element.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
  await nextTick();
}

/** A drag with the pointer from a tab to an element. */
async function drag(tab: string, to: string): Promise<void> {
  byTestId(tab).dispatchEvent(new DragEvent('dragstart', { bubbles: true }));
  await expect.poll(() => useWorkspaceStore().dragged).not.toBeNull();
  await nextTick();
  for (const type of ['dragover', 'drop']) {
    byTestId(to).dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true }));
  }
  await nextTick();
}

describe('the window', () => {
  it('has regions with tabs, and mounts only the pane in front', () => {
    expect(tabsOf('side').slice(0, 3)).toEqual(['Nodes', 'Members', 'Rules']);
    expect(isThere('nodes')).toBe(true);
    expect(isThere('members-panel')).toBe(false);
    expect(byTestId('panel-nodes').getAttribute('role')).toBe('tabpanel');
    expect(byTestId('pane-tab-nodes').getAttribute('aria-selected')).toBe('true');
    expect(byTestId('pane-tab-members').getAttribute('tabindex')).toBe('-1');
  });

  it('changes tabs by the arrow keys, and keeps the focus on them', async () => {
    byTestId('pane-tab-nodes').focus();
    await press(byTestId('pane-tab-nodes'), 'ArrowRight');
    await expect.poll(() => isThere('members-panel')).toBe(true);
    expect(document.activeElement).toBe(byTestId('pane-tab-members'));
    expect(isThere('nodes')).toBe(false);
  });

  it('has the title, the count and the tools of a pane in the row of tabs', async () => {
    await nextTick();
    expect(byTestId('pane-tab-nodes').textContent).toMatch(/Nodes\s*3/);
    expect(byTestId('region-right').firstElementChild?.contains(byTestId('client-node'))).toBe(true);
  });

  it('moves and hides a pane by its menu; an empty region is gone', async () => {
    byTestId('pane-tab-logs').dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, cancelable: true }));
    await expect.poll(() => isThere('pane-move-right')).toBe(true);
    byTestId('pane-move-right').click();
    await expect.poll(() => tabsOf('right')).toContain('Logs');
    expect(isThere('region-bottom')).toBe(false);

    byTestId('region-menu-right').click();
    await expect.poll(() => isThere('pane-hide')).toBe(true);
    byTestId('pane-hide').click();
    await expect.poll(() => tabsOf('right')).not.toContain('Logs');
    expect(useWorkspaceStore().regionOf('logs')).toBeUndefined();
  });

  it('gives a region the whole window, and takes it back when another pane is asked for', async () => {
    byTestId('pane-tab-stage').dispatchEvent(new MouseEvent('dblclick', { bubbles: true }));
    await nextTick();
    expect([isThere('region-main'), isThere('region-side'), isThere('region-bottom')]).toEqual([true, false, false]);
    expect(isThere('pane-restore')).toBe(true);
    useWorkspaceStore().show('rules');
    await expect.poll(() => isThere('rules-panel')).toBe(true);
    expect(isThere('region-main')).toBe(true);
  });

  it('takes a tab that is dragged onto a region, also onto an empty one', async () => {
    await drag('pane-tab-rules', 'region-bottom');
    expect(tabsOf('bottom')).toEqual(['Logs', 'Rules']);
    const workspace = useWorkspaceStore();
    workspace.arrangement.right.panes.forEach((id) => workspace.hide(id));
    await nextTick();
    await drag('pane-tab-members', 'drop-right');
    expect(tabsOf('right')).toEqual(['Members']);
    expect(isThere('drop-right')).toBe(false);
  });

  it('says so when everything is hidden, and brings it back', async () => {
    const workspace = useWorkspaceStore();
    for (const region of Object.values(workspace.arrangement)) region.panes.forEach((id) => workspace.hide(id));
    await nextTick();
    expect(lab.page.text()).toContain('Every pane is hidden');
    lab.page.get('button').element.click();
    await expect.poll(() => isThere('region-main')).toBe(true);
  });
});
