// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import ClusterRing from '../../../../renderer/components/stage/cluster-ring.vue';
import { votersOnly } from '../../../../shared/configuration.ts';
import { useSelectionStore } from '../../../../renderer/stores/selection.ts';
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

describe('a link', () => {
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
