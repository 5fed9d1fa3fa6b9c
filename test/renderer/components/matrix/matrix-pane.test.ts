// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import MatrixPane from '../../../../renderer/components/matrix/matrix-pane.vue';
import { useMatrixStore } from '../../../../renderer/stores/matrix.ts';
import { useSelectionStore } from '../../../../renderer/stores/selection.ts';
import { useWorkspaceStore } from '../../../../renderer/stores/workspace.ts';
import { EventStory } from '../../../support/event-story.ts';
import { byTestId, mountOnLab, type MountedOnLab } from '../../../support/mount-on-lab.ts';

let lab: MountedOnLab;
let story: EventStory;

beforeEach(async () => {
  story = new EventStory().cluster(3).elect(0, 1, 3);
  for (const node of [0, 1, 2]) {
    const lastIndex = node === 2 ? 5 : 9;
    story.tell(node, { type: 'entries-appended', firstIndex: 1, lastIndex, term: 1, reason: '' });
    story.tell(node, { type: 'entries-persisted', lastIndex, term: 1, votedFor: 0, bytes: 1, flushNs: 1 });
    story.tell(node, { type: 'commit-advanced', from: 0, to: 5, term: 1, reason: '' });
  }
  lab = await mountOnLab(MatrixPane, story);
});
afterEach(() => lab.page.unmount());

const cell = (): string => byTestId('matrix-cell').textContent ?? '';

async function press(key: string): Promise<void> {
  byTestId('matrix-grid').dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
  await flushPromises();
}

describe('by keyboard', () => {
  it('a cell moves over the logs, is said in words, and selects its entry', async () => {
    await press('End');
    expect(cell()).toBe('Node 0, index 9, term 1, not committed');
    await press('ArrowDown');
    await press('ArrowDown');
    expect(cell()).toBe('Node 2, index 9, nothing there');
    await press('ArrowLeft');
    expect(useSelectionStore().selection).toEqual({ kind: 'entry', index: 8 });
    await press('Home');
    expect(cell()).toBe('Node 2, index 1, term 1, committed, not applied');
    const grid = byTestId('matrix-grid');
    expect(grid.getAttribute('aria-activedescendant')).toBe(byTestId('matrix-cell').id);
    expect([grid.getAttribute('aria-rowcount'), grid.getAttribute('aria-colcount')]).toEqual(['3', '9']);
  });

  it('the cell goes to the commit and to the first difference, opens the details, and leaves', async () => {
    await press('c');
    expect(cell()).toContain('index 5');
    await press('d');
    expect(cell()).toBe('Node 2, index 6, nothing there');
    await press('Enter');
    expect(useWorkspaceStore().isInFront('details')).toBe(true);
    await press('Escape');
    expect(useMatrixStore().cursor).toBeNull();
    await press('q');
    expect(useMatrixStore().cursor).toBeNull();
  });
});

describe('the chosen cell', () => {
  it('says why it is not committed', async () => {
    await press('End');
    const strip = byTestId('matrix-strip').textContent ?? '';
    expect(strip).toContain('Node 0, index 9');
    expect(strip).toContain('1 of 3 has it on disk, 2 are needed');
  });

  it('follows what another pane selects', async () => {
    useSelectionStore().select({ kind: 'entry', index: 7 });
    await flushPromises();
    expect(cell()).toContain('Node 0, index 7');
  });
});

describe('the tools', () => {
  it('jump to an index, as far as there is one', async () => {
    const input = byTestId('matrix-jump') as HTMLInputElement;
    input.value = '4';
    input.dispatchEvent(new Event('input'));
    input.closest('form')?.dispatchEvent(new Event('submit', { cancelable: true }));
    await flushPromises();
    expect(cell()).toContain('index 4');
  });

  it('change the size, show all of the logs, and follow their end', async () => {
    const before = useMatrixStore().window.cellWidth;
    byTestId('matrix-smaller').click();
    expect(useMatrixStore().window.cellWidth).toBeLessThan(before);
    byTestId('matrix-larger').click();
    expect(useMatrixStore().window.cellWidth).toBe(before);
    byTestId('matrix-follow').click();
    expect(useMatrixStore().window.isFollowing).toBe(true);
  });
});

it('names each row, and selects its node', () => {
  const row = byTestId('matrix-row-0');
  expect(row.textContent).toBe('Node 0, Leader, term 1');
  row.click();
  expect(useSelectionStore().node).toBe(0);
});

it('says what will be here while there are no logs', async () => {
  lab.page.unmount();
  lab = await mountOnLab(MatrixPane, new EventStory());
  expect(lab.page.text()).toContain('No logs yet');
});
