// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import FaultsPane from '../../../../renderer/components/faults/faults-pane.vue';
import { useAskedDialogStore } from '../../../../renderer/stores/asked-dialog.ts';
import { useSelectionStore } from '../../../../renderer/stores/selection.ts';
import type { FaultRule } from '../../../../shared/fault-rule.ts';
import { EventStory } from '../../../support/event-story.ts';
import { byTestId, mountOnLab, type MountedOnLab } from '../../../support/mount-on-lab.ts';

const rule: FaultRule = { id: 'drop 0→1', link: { from: 0, to: 1 }, action: { kind: 'drop', percent: 20 } };

let lab: MountedOnLab;
let story: EventStory;

beforeEach(async () => {
  story = new EventStory().cluster(3).elect(1, 2, 3);
  lab = await mountOnLab(FaultsPane, story);
});
afterEach(() => lab.page.unmount());

const fill = (testId: string, value: string): void => {
  const field = byTestId(testId) as HTMLInputElement | HTMLSelectElement;
  field.value = value;
  field.dispatchEvent(new Event(field instanceof HTMLSelectElement ? 'change' : 'input', { bubbles: true }));
};
const text = (testId: string): string => byTestId(testId).textContent.replaceAll(/\s+/g, ' ').trim();

describe('the pane of faults', () => {
  it('says so while nothing is broken', () => {
    expect(text('no-faults')).toContain('Nothing is broken');
  });

  it('lists what is in force with what it did, and ends it', async () => {
    story.lab({ type: 'fault-set', faultRule: rule.id, fault: rule, description: '' });
    story.tell(1, { type: 'datagram-dropped', from: 0, fromBoot: 1, datagram: 1, faultRule: rule.id });
    await lab.goOn();
    expect(text('faults-links')).toContain('0 → 1');
    expect(text('faults-links')).toContain('20 % lost');
    expect(text('faults-links')).toContain('1 dropped');
    const heal = byTestId('faults-links').querySelector<HTMLElement>('[aria-label^="Heal 0 → 1"]');
    heal?.click();
    await expect.poll(() => lab.commands()).toEqual([{ type: 'clear-fault', faultRule: rule.id }]);
  });

  it('heals cuts, disks, clocks and pauses each in its own way', async () => {
    story.lab({ type: 'link-cut', link: { from: 0, to: 1 }, faultRule: 'cut 0→1' });
    story.lab({ type: 'node-fault', target: 0, fault: 'slow-disk', faultRule: 'slow-disk 0', reason: 'slow' });
    story.lab({ type: 'node-fault', target: 1, fault: 'clock-rate', faultRule: 'clock 1', reason: 'fast' });
    story.lab({ type: 'node-fault', target: 2, fault: 'pause', faultRule: 'pause 2', reason: 'stands' });
    await lab.goOn();
    for (const section of ['links', 'nodes', 'disks', 'clocks']) {
      byTestId(`faults-${section}`).querySelector<HTMLElement>('[data-testid^="heal-"]')?.click();
    }
    await expect
      .poll(() => lab.commands())
      .toEqual([
        { type: 'heal-link', link: { from: 0, to: 1 } },
        { type: 'resume-node', node: 2 },
        { type: 'set-disk', node: 0, disk: { kind: 'sound' } },
        { type: 'set-clock-rate', node: 1, partsPerMillion: 0 },
      ]);
  });

  it('points at who it is about', async () => {
    story.lab({ type: 'fault-set', faultRule: rule.id, fault: rule, description: '' });
    await lab.goOn();
    byTestId('faults-links').querySelector<HTMLElement>('.who')?.click();
    expect(useSelectionStore().selection).toEqual({ kind: 'link', pair: [0, 1] });
  });

  it('sets any fault for any links', async () => {
    fill('add-from', '2');
    fill('worsen-kind', 'delay');
    await lab.goOn();
    fill('worsen-minMs', '10');
    fill('worsen-maxMs', '20');
    await lab.goOn();
    byTestId('worsen-form').dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }));
    const action = { kind: 'delay', minMs: 10, maxMs: 20, distribution: 'uniform' };
    await expect
      .poll(() => lab.commands())
      .toEqual(
        [0, 1].map((to) => ({
          type: 'set-fault',
          rule: { id: `delay 2→${to}`, link: { from: 2, to }, action },
        })),
      );
  });

  it('says what is wrong with a figure, and asks nothing', async () => {
    fill('worsen-percent', '200');
    await lab.goOn();
    byTestId('worsen-form').dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }));
    await expect.poll(() => text('worsen-form')).toContain('from 0 to 100');
    expect(lab.commands()).toEqual([]);
  });

  it('takes a recipe for the leader', async () => {
    expect(byTestId('recipe-deaf').hasAttribute('disabled')).toBe(true);
    fill('recipe-place', 'leader');
    await lab.goOn();
    byTestId('recipe-deaf').click();
    await expect
      .poll(() => lab.commands())
      .toEqual([
        { type: 'cut-link', link: { from: 0, to: 1 } },
        { type: 'cut-link', link: { from: 2, to: 1 } },
      ]);
  });

  it('asks for a partition', () => {
    byTestId('faults-partition').click();
    expect(useAskedDialogStore().asked).toEqual({ kind: 'partition' });
  });
});
