// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { nextTick } from 'vue';
import NodesPane from '../../../../renderer/components/stage/nodes-pane.vue';
import { useSelectionStore } from '../../../../renderer/stores/selection.ts';
import { EventStory } from '../../../support/event-story.ts';
import { byTestId, mountOnLab, type MountedOnLab } from '../../../support/mount-on-lab.ts';

let lab: MountedOnLab;
let story: EventStory;

beforeEach(async () => {
  story = new EventStory().cluster(3).elect(0, 1, 3);
  story.tell(0, { type: 'entries-appended', firstIndex: 1, lastIndex: 12, term: 1, reason: '' });
  story.tell(0, { type: 'commit-advanced', from: 0, to: 11, term: 1, reason: '' });
  story.tell(0, {
    type: 'follower-progress',
    follower: 2,
    mode: 'replicate',
    matchIndex: 9,
    nextIndex: 10,
    reason: '',
  });
  lab = await mountOnLab(NodesPane, story);
});
afterEach(() => lab.page.unmount());

describe('a node’s card', () => {
  it('has the end of the log, entry by entry, committed or not', () => {
    const cells = [...byTestId('card-0').querySelectorAll('[data-index]')];
    expect(cells).toHaveLength(10);
    expect(cells.at(-2)?.textContent).toContain('Entry 11, term 1, committed');
    expect(cells.at(-1)?.textContent).toContain('Entry 12, term 1, not committed');
  });

  it('shows everything when selected: the reason, and how far each follower is', async () => {
    useSelectionStore().selectNode(0);
    await nextTick();
    const words = byTestId('card-0').textContent;
    expect(words).toContain('a majority');
    expect(words).toContain('127.0.0.1:30000');
    const row = [...byTestId('card-0').querySelectorAll('tbody tr')].map((tr) =>
      [...tr.children].map((cell) => cell.textContent),
    );
    expect(row).toEqual([['2', 'ahead', '9', '10', '3']]);
  });

  it('tells a leader of an older term, which does not know it, from the one that leads', async () => {
    story.tell(2, { type: 'role-changed', from: 'candidate', to: 'leader', term: 4, reason: 'a majority' });
    await lab.goOn();
    expect(byTestId('card-0').textContent).toContain('Old leader');
    expect(byTestId('card-0').querySelector('.state')?.getAttribute('title')).toContain('nothing of term 4');
    expect(byTestId('card-2').textContent).toContain('Leader');
    expect(byTestId('card-2').querySelector('.state')?.getAttribute('title')).toContain('Node 2 leads term 4');
  });

  it('keeps its buttons where they are when a link is cut: what is added stands before them', async () => {
    const buttons = (): (string | undefined)[] =>
      [...byTestId('card-1').querySelectorAll<HTMLElement>('.actions [data-testid]')].map(
        (button) => button.dataset['testid'],
      );
    const before = buttons();
    for (const link of [
      { from: 1, to: 0 },
      { from: 0, to: 1 },
      { from: 1, to: 2 },
      { from: 2, to: 1 },
    ])
      story.lab({ type: 'link-cut', link, faultRule: 'cut' });
    await lab.goOn();
    expect(buttons()).toEqual(['heal-node-1', ...before]);
    expect(byTestId('isolate-node-1').matches(':disabled, [aria-disabled="true"]')).toBe(true);
  });

  it('isolates a node by cutting every link of it, one after the other', async () => {
    byTestId('isolate-node-1').click();
    await lab.agree();
    expect(lab.commands()).toEqual(
      [
        { from: 1, to: 0 },
        { from: 0, to: 1 },
        { from: 1, to: 2 },
        { from: 2, to: 1 },
      ].map((link) => ({ type: 'cut-link', link })),
    );
  });

  it('says what a node is in the cluster, in a word and a sign', async () => {
    const configuration = {
      voters: [{ id: 0, storage: 0 }],
      outgoing: [],
      learners: [{ id: 1, storage: 77 }],
    };
    story.tell(0, { type: 'configuration-changed', index: 12, configuration, reason: '' });
    await lab.goOn();
    expect(byTestId('card-1').dataset['standing']).toBe('wiped');
    expect(byTestId('card-1').textContent).toContain('Wiped');
    expect(byTestId('card-1').querySelector('.state')?.getAttribute('title')).toContain('another folder');
    expect(byTestId('card-2').textContent).toContain('Removed');
    // A leader that is leaving is still a leader.
    const leaving = { voters: [{ id: 1, storage: 0 }], outgoing: [{ id: 0, storage: 0 }], learners: [] };
    story.tell(0, { type: 'configuration-changed', index: 13, configuration: leaving, reason: '' });
    await lab.goOn();
    expect(byTestId('card-0').textContent).toMatch(/Leader.*Leaving/s);
  });

  it('shows where the log begins and how far the snapshot reaches', async () => {
    expect(document.querySelector('[data-testid="log-begins"]')).toBeNull();
    story.tell(0, { type: 'snapshot-saved', lastIncludedIndex: 8, lastIncludedTerm: 1, bytes: 9 });
    story.tell(0, { type: 'log-compacted', firstIndex: 1, lastIncludedIndex: 8, reason: '' });
    await lab.goOn();
    const card = byTestId('card-0');
    expect([...card.querySelectorAll<HTMLElement>('[data-index]')].map((cell) => cell.dataset['index'])).toEqual([
      '9',
      '10',
      '11',
      '12',
    ]);
    expect(byTestId('log-begins').textContent).toContain('The log begins at 9');
    expect(card.querySelector('.marks')?.textContent).toContain('snapshot8');
  });

  it('names the faults of a node', async () => {
    story.lab({ type: 'node-fault', target: 2, fault: 'stuck-disk', faultRule: 'stuck-disk 2', reason: '' });
    await lab.goOn();
    expect(byTestId('faults-2').textContent).toContain('stuck disk');
  });

  it('tells, selected, of the configuration and of what is under way', async () => {
    useSelectionStore().selectNode(0);
    story.tell(0, { type: 'transfer-started', to: 2, term: 1, reason: '' });
    const chunk = { from: 0, lastIncludedIndex: 40, offset: 0, nextOffset: 30, totalBytes: 90 } as const;
    story.tell(0, { type: 'snapshot-chunk-taken', ...chunk });
    await lab.goOn();
    const words = byTestId('card-0').textContent;
    expect(words).toContain('{0,1,2}');
    expect(words).toContain('node 2 catches up first');
    expect(words).toContain('snapshot to 40: 33 %');
  });

  it('offers healing where a link is cut, restarting where a node is down', async () => {
    expect(document.querySelector('[data-testid="heal-node-1"]')).toBeNull();
    story.lab({ type: 'link-cut', link: { from: 0, to: 1 }, faultRule: 'cut 0→1' });
    story.lab({ type: 'node-ended', target: 1, cause: 'crashed', reason: 'killed' });
    await lab.goOn();
    byTestId('heal-node-1').click();
    byTestId('restart-node-1').click();
    expect(lab.commands()).toEqual([
      { type: 'heal-link', link: { from: 0, to: 1 } },
      { type: 'start-node', node: 1 },
    ]);
    expect(document.querySelector('[data-testid="crash-node-1"]')).toBeNull();
  });
});
