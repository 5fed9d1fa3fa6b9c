// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import FaultDialogs from '../../../../renderer/components/faults/fault-dialogs.vue';
import { useActionsStore } from '../../../../renderer/stores/actions.ts';
import { useAskedDialogStore } from '../../../../renderer/stores/asked-dialog.ts';
import { useConnectionStore } from '../../../../renderer/stores/connection.ts';
import { useSelectionStore } from '../../../../renderer/stores/selection.ts';
import { EventStory } from '../../../support/event-story.ts';
import { byTestId, mountOnLab, type MountedOnLab } from '../../../support/mount-on-lab.ts';

let lab: MountedOnLab;
let story: EventStory;

beforeEach(async () => {
  story = new EventStory().cluster(5).elect(1, 2, 5);
  lab = await mountOnLab(FaultDialogs, story);
});
afterEach(() => lab.page.unmount());

const choose = (node: number, group: string): void => {
  byTestId(`group-of-${node}`).querySelector<HTMLElement>(`[aria-label="${group}"]`)?.click();
};

describe('the dialog of a partition', () => {
  it('parts the nodes as they were put', async () => {
    expect(useActionsStore().run('faults.partition')).toBe(true);
    await expect.poll(() => byTestId('group-of-3')).toBeDefined();
    choose(3, 'B');
    choose(4, 'B');
    await lab.goOn();
    byTestId('partition-dialog').dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }));
    const groups = [
      [0, 1, 2],
      [3, 4],
    ];
    await expect.poll(() => lab.commands()).toEqual([{ type: 'partition', groups }]);
  });

  it('begins with what is in force', async () => {
    for (const other of [0, 1, 3, 4]) {
      story.lab({ type: 'link-cut', link: { from: 2, to: other }, faultRule: `cut 2→${other}` });
      story.lab({ type: 'link-cut', link: { from: other, to: 2 }, faultRule: `cut ${other}→2` });
    }
    await lab.goOn();
    useAskedDialogStore().ask({ kind: 'partition' });
    await expect.poll(() => byTestId('group-of-2')).toBeDefined();
    const chosen = (node: number): string | null | undefined =>
      byTestId(`group-of-${node}`).querySelector('[aria-checked="true"]')?.getAttribute('aria-label');
    await expect.poll(() => [0, 2, 4].map(chosen)).toEqual(['A', 'B', 'A']);
  });

  it('has ready-made ones, which the palette has too', async () => {
    expect(useActionsStore().run('faults.partition-isolate-leader')).toBe(true);
    const groups = [[1], [0, 2, 3, 4]];
    await expect.poll(() => lab.commands()).toEqual([{ type: 'partition', groups }]);
  });
});

describe('the acts of the selected node', () => {
  const labels = (): string[] =>
    useActionsStore()
      .all.filter(({ id }) => id.startsWith('node.'))
      .map(({ label }) => label);

  it('are there while one is selected, and say its number', async () => {
    expect(labels()).toEqual([]);
    useSelectionStore().selectNode(2);
    await expect.poll(labels).toContain('Crash node 2');
    expect(labels()).toContain('Hand the office of leader to node 2');
    useSelectionStore().selectNode(null);
    await expect.poll(labels).toEqual([]);
  });

  it('are others when it is down', async () => {
    useSelectionStore().selectNode(2);
    story.lab({ type: 'node-ended', target: 2, cause: 'crashed', reason: '' });
    await lab.goOn();
    await expect.poll(labels).toContain('Restart node 2');
    expect(labels()).not.toContain('Crash node 2');
  });

  it('do what they say; wiping is asked for first', async () => {
    useSelectionStore().selectNode(2);
    await expect.poll(labels).toContain('Pause node 2');
    useActionsStore().run('node.pause');
    useActionsStore().run('node.wipe');
    await expect.poll(() => byTestId('confirm-wipe')).toBeDefined();
    expect(lab.commands()).toEqual([{ type: 'pause-node', node: 2 }]);
    byTestId('confirm-wipe').click();
    await expect.poll(() => lab.commands().at(-1)).toEqual({ type: 'wipe-node', node: 2 });
  });

  it('change its part in the configuration', async () => {
    useSelectionStore().selectNode(4);
    await expect.poll(labels).toContain('Make node 4 a learner');
    useActionsStore().run('node.member-learner');
    const change = { type: 'change-membership', voters: [0, 1, 2, 3], learners: [4] };
    await expect.poll(() => lab.commands()).toEqual([change]);
  });

  it('are off while the past is shown', async () => {
    useSelectionStore().selectNode(2);
    await expect.poll(labels).toContain('Crash node 2');
    useConnectionStore().actsOff = 'You see the past.';
    expect(useActionsStore().run('node.crash')).toBe(false);
    expect(useActionsStore().run('faults.partition')).toBe(false);
    expect(lab.commands()).toEqual([]);
  });
});
