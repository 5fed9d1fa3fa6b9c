// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import ClusterRing from '../../../../renderer/components/stage/cluster-ring.vue';
import { votersOnly } from '../../../../shared/configuration.ts';
import { useConnectionStore } from '../../../../renderer/stores/connection.ts';
import { useSelectionStore } from '../../../../renderer/stores/selection.ts';
import type { FaultRule } from '../../../../shared/fault-rule.ts';
import { EventStory } from '../../../support/event-story.ts';
import { byTestId, mountOnLab, type MountedOnLab } from '../../../support/mount-on-lab.ts';

let lab: MountedOnLab;
let story: EventStory;

beforeEach(async () => {
  story = new EventStory().cluster(3).elect(1, 2, 3);
  lab = await mountOnLab(ClusterRing, story, { width: 600, height: 400 });
});
afterEach(() => lab.page.unmount());

const press = (element: Element, key: string): boolean =>
  element.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));

describe('a node on the ring', () => {
  it('says in data and in words what it is', async () => {
    const { node, role, status, term } = byTestId('node-1').dataset;
    expect({ node, role, status, term }).toEqual({ node: '1', role: 'leader', status: 'running', term: '2' });
    expect(byTestId('node-1').getAttribute('aria-label')).toBe('Node 1 Leader, term 2');
    story.lab({ type: 'node-ended', target: 1, cause: 'crashed', reason: 'killed by hand' });
    await lab.goOn();
    expect(byTestId('node-1').dataset['status']).toBe('crashed');
    expect(byTestId('node-1').getAttribute('aria-label')).toBe('Node 1 Crashed: killed by hand');
  });

  it('is a square and called by what it is where it has no vote', async () => {
    const configuration = { ...votersOnly([0, 1]), learners: votersOnly([2]).voters };
    story.tell(1, { type: 'configuration-changed', index: 1, configuration, reason: '' });
    await lab.goOn();
    expect(byTestId('node-2').dataset['standing']).toBe('learner');
    expect(byTestId('node-2').getAttribute('aria-label')).toBe('Node 2 Learner, term 2');
    expect(byTestId('node-2').querySelector('rect.disc')).not.toBeNull();
    expect(byTestId('node-0').querySelector('rect.disc')).toBeNull();
    expect(byTestId('node-0').querySelector('circle.disc')).not.toBeNull();
  });

  it('is reached by one Tab stop and the arrow keys', () => {
    const stops = (): (string | undefined)[] =>
      [...document.querySelectorAll<SVGElement>('[data-node][tabindex="0"]')].map((node) => node.dataset['node']);
    expect(stops()).toEqual(['0']);
    byTestId('node-0').focus();
    press(byTestId('node-0'), 'ArrowLeft');
    expect(document.activeElement).toBe(byTestId('node-2'));
    press(byTestId('node-2'), 'ArrowRight');
    press(byTestId('node-0'), 'ArrowRight');
    expect(document.activeElement).toBe(byTestId('node-1'));
  });

  it('opens its menu by Enter, and the menu crashes it', async () => {
    press(byTestId('node-1'), 'Enter');
    await expect.poll(() => byTestId('menu-crash-node-1')).toBeDefined();
    expect(useSelectionStore().node).toBe(1);
    press(byTestId('menu-crash-node-1'), 'Enter');
    await expect.poll(() => lab.commands()).toEqual([{ type: 'crash-node', node: 1 }]);
  });

  it('offers to restart what is down, and nothing else', async () => {
    story.lab({ type: 'node-ended', target: 0, cause: 'stopped', reason: '' });
    await lab.goOn();
    press(byTestId('node-0'), 'Enter');
    await expect.poll(() => byTestId('menu-restart-node-0')).toBeDefined();
    expect(document.querySelector('[data-testid="menu-crash-node-0"]')).toBeNull();
  });
});

describe('what is done to a node', () => {
  it('stands beside it as signs, and in its name', async () => {
    story.lab({
      type: 'node-fault',
      target: 0,
      fault: 'slow-disk',
      faultRule: 'slow-disk 0',
      reason: 'Each flush is late.',
    });
    story.lab({ type: 'node-fault', target: 0, fault: 'clock-rate', faultRule: 'clock 0', reason: 'It is fast.' });
    story.lab({ type: 'node-fault', target: 2, fault: 'power-cut', faultRule: 'power 2', reason: '' });
    story.lab({ type: 'node-ended', target: 2, cause: 'crashed', reason: 'Its power is gone.' });
    await lab.goOn();
    expect(byTestId('node-0').dataset['badges']).toBe('slow-disk clock-rate');
    expect(byTestId('node-0').getAttribute('aria-label')).toContain('slow disk: Each flush is late.');
    expect(byTestId('node-2').dataset['badges']).toBe('power-cut');
    expect(byTestId('node-1').dataset['badges']).toBe('');
  });

  it('can be chosen from the menus inside of its menu', async () => {
    press(byTestId('node-1'), 'Enter');
    await expect.poll(() => byTestId('menu-disk-node-1')).toBeDefined();
    byTestId('menu-disk-node-1').focus();
    press(byTestId('menu-disk-node-1'), 'ArrowRight');
    await expect.poll(() => byTestId('menu-disk-stuck-node-1')).toBeDefined();
    press(byTestId('menu-disk-stuck-node-1'), 'Enter');
    await expect.poll(() => lab.commands()).toEqual([{ type: 'set-disk', node: 1, disk: { kind: 'stuck' } }]);
  });

  it('is told apart while a change is in its joint phase', async () => {
    const [one, two, three] = votersOnly([0, 1, 2]).voters;
    if (!one || !two || !three) throw new Error('no voters');
    const configuration = { voters: [two, three], outgoing: [one, two], learners: [] };
    story.tell(1, { type: 'configuration-changed', index: 1, configuration, reason: '' });
    await lab.goOn();
    expect([0, 1, 2].map((id) => byTestId(`node-${id}`).dataset['standing'])).toEqual(['leaving', 'voter', 'joining']);
    expect(byTestId('node-0').querySelector('polygon.disc')).not.toBeNull();
    expect(byTestId('node-2').dataset['badges']).toBe('joining');
  });
});

describe('a partition', () => {
  const part = async (alone: number): Promise<void> => {
    for (const other of [0, 1, 2].filter((id) => id !== alone)) {
      story.lab({ type: 'link-cut', link: { from: alone, to: other }, faultRule: `cut ${alone}→${other}` });
      story.lab({ type: 'link-cut', link: { from: other, to: alone }, faultRule: `cut ${other}→${alone}` });
    }
    await lab.goOn();
  };

  it('is seen as areas, each with its votes', async () => {
    await part(0);
    expect(byTestId('group-A').dataset['members']).toBe('1 2');
    expect(byTestId('group-A').textContent).toContain('2 of 3 votes, majority');
    expect(byTestId('group-B').dataset['members']).toBe('0');
    expect(byTestId('group-B').textContent).toContain('no majority');
  });

  it('is not seen where a third node joins both sides', async () => {
    story.lab({ type: 'link-cut', link: { from: 0, to: 1 }, faultRule: 'cut 0→1' });
    story.lab({ type: 'link-cut', link: { from: 1, to: 0 }, faultRule: 'cut 1→0' });
    await lab.goOn();
    expect(document.querySelector('[data-testid="group-A"]')).toBeNull();
  });

  const point = (type: string, x: number, y: number): PointerEvent =>
    new PointerEvent(type, { clientX: x, clientY: y, pointerId: 1, button: 0, bubbles: true });

  it('is made by dragging a node to the edge', async () => {
    byTestId('node-2').dispatchEvent(point('pointerdown', 300, 200));
    window.dispatchEvent(point('pointermove', 400, 200));
    window.dispatchEvent(point('pointermove', 590, 200));
    await expect.poll(() => byTestId('drop-zones')).toBeDefined();
    window.dispatchEvent(point('pointerup', 590, 200));
    const groups = [[0, 1], [2]];
    await expect.poll(() => lab.commands()).toEqual([{ type: 'partition', groups }]);
  });

  it('ends by dragging it back', async () => {
    await part(0);
    byTestId('node-0').dispatchEvent(point('pointerdown', 500, 200));
    window.dispatchEvent(point('pointermove', 200, 200));
    window.dispatchEvent(point('pointerup', 200, 200));
    await expect.poll(() => lab.commands()).toEqual([{ type: 'partition', groups: [[0, 1, 2]] }]);
  });

  it('is not made by a click, nor while the past is shown', async () => {
    byTestId('node-2').dispatchEvent(point('pointerdown', 300, 200));
    window.dispatchEvent(point('pointermove', 302, 200));
    window.dispatchEvent(point('pointerup', 302, 200));
    useConnectionStore().actsOff = 'You see the past.';
    byTestId('node-2').dispatchEvent(point('pointerdown', 300, 200));
    window.dispatchEvent(point('pointermove', 590, 200));
    window.dispatchEvent(point('pointerup', 590, 200));
    await lab.goOn();
    expect(lab.commands()).toEqual([]);
  });
});

describe('a link', () => {
  it('is worsened in the direction that is chosen, and says so', async () => {
    press(byTestId('link-0-2'), 'Enter');
    await expect.poll(() => byTestId('worsen-form')).toBeDefined();
    byTestId('worsen-way').querySelectorAll<HTMLElement>('[role="radio"]')[2]?.click();
    await lab.goOn();
    byTestId('worsen-form').dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }));
    const rule: FaultRule = { id: 'drop 2→0', link: { from: 2, to: 0 }, action: { kind: 'drop', percent: 20 } };
    await expect.poll(() => lab.commands()).toEqual([{ type: 'set-fault', rule }]);
    story.lab({ type: 'fault-set', faultRule: rule.id, fault: rule, description: '' });
    await lab.goOn();
    expect(byTestId('link-0-2').getAttribute('aria-label')).toContain('2 → 0: 20 % lost');
    expect(byTestId('link-0-2').dataset['faults']).toBe('1');
    byTestId('clear-drop 2→0').click();
    await expect.poll(() => lab.commands().at(-1)).toEqual({ type: 'clear-fault', faultRule: rule.id });
  });

  it('is cut and healed one direction at a time', async () => {
    byTestId('link-0-2').dispatchEvent(new MouseEvent('click', { bubbles: true }));
    await expect.poll(() => byTestId('cut-link-2-0')).toBeDefined();
    byTestId('cut-link-2-0').click();
    expect(lab.commands()).toEqual([{ type: 'cut-link', link: { from: 2, to: 0 } }]);
    story.lab({ type: 'link-cut', link: { from: 2, to: 0 }, faultRule: 'cut 2→0' });
    await lab.goOn();
    expect(byTestId('link-0-2').dataset['cut']).toBe('back');
    expect(byTestId('link-0-2').getAttribute('aria-label')).toContain('cut from 2 to 0');
    await lab.agree();
    byTestId('heal-link-2-0').click();
    await expect.poll(() => lab.commands().at(-1)).toEqual({ type: 'heal-link', link: { from: 2, to: 0 } });
  });

  it('is cut both ways at once, but only where it is not cut yet', async () => {
    story.lab({ type: 'link-cut', link: { from: 0, to: 1 }, faultRule: 'cut 0→1' });
    await lab.goOn();
    press(byTestId('link-0-1'), 'Enter');
    await expect.poll(() => byTestId('cut-both-0-1')).toBeDefined();
    byTestId('cut-both-0-1').click();
    await lab.agree();
    expect(lab.commands()).toEqual([{ type: 'cut-link', link: { from: 1, to: 0 } }]);
  });
});
