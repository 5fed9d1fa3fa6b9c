import { describe, expect, it } from 'vitest';
import { faultRows, whoOf } from '../../../../renderer/components/faults/fault-rows.ts';
import type { FaultAction, Link } from '../../../../shared/fault-rule.ts';
import type { ClusterView } from '../../../../shared/projection/cluster-view.ts';
import { emptyClusterView, projectClusterView } from '../../../../shared/projection/cluster-view.ts';
import { EventStory } from '../../../support/event-story.ts';

const viewOf = (story: EventStory): ClusterView => story.events.reduce(projectClusterView, emptyClusterView);
const cut = (story: EventStory, from: number, to: number): unknown =>
  story.lab({ type: 'link-cut', link: { from, to }, faultRule: `cut ${from}→${to}` });
const loss: FaultAction = { kind: 'drop', percent: 20 };
function set(story: EventStory, id: string, link: Link, action: FaultAction = loss): void {
  story.lab({ type: 'fault-set', faultRule: id, fault: { id, link, action }, description: '' });
}
const everyLink = (ids: number[]): Link[] =>
  ids.flatMap((from) => ids.flatMap((to) => (from === to ? [] : [{ from, to }])));

describe('the faults in force', () => {
  it('are none of a sound cluster', () => {
    expect(faultRows(viewOf(new EventStory().cluster(3)))).toEqual([]);
  });

  it('say a partition in one row', () => {
    const story = new EventStory().cluster(3);
    for (const other of [0, 2]) {
      cut(story, 1, other);
      cut(story, other, 1);
    }
    const [row, ...more] = faultRows(viewOf(story));
    expect(more).toEqual([]);
    expect(row).toMatchObject({ kind: 'partition', what: 'parted: 0 2 | 1', section: 'links' });
    expect(row?.links).toHaveLength(4);
  });

  it('say other cuts by link, both ways in one row', () => {
    const story = new EventStory().cluster(3);
    cut(story, 0, 1);
    cut(story, 2, 1);
    cut(story, 1, 0);
    const rows = faultRows(viewOf(story));
    expect(rows.map(({ who, what }) => `${who}: ${what}`)).toEqual(['0 ↔ 1: cut both ways', '2 → 1: cut']);
  });

  it('say what is done alike to many links in one row', () => {
    const story = new EventStory().cluster(3);
    for (const link of everyLink([0, 1, 2])) set(story, `drop ${link.from}→${link.to}`, link);
    set(story, 'late', { from: 0, to: 1 }, { kind: 'delay', minMs: 5, maxMs: 5, distribution: 'uniform' });
    const rows = faultRows(viewOf(story));
    expect(rows.map(({ who, what }) => `${who}: ${what}`)).toEqual(['Every link: 20 % lost', '0 → 1: 5 ms late']);
    expect(rows[0]?.ruleIds).toHaveLength(6);
  });

  it('stand with nodes, disks and clocks where they belong', () => {
    const story = new EventStory().cluster(2);
    const fault = (name: 'pause' | 'slow-disk' | 'clock-rate', target: number): unknown =>
      story.lab({ type: 'node-fault', target, fault: name, faultRule: `${name} ${target}`, reason: 'why' });
    fault('clock-rate', 0);
    fault('slow-disk', 1);
    fault('pause', 1);
    const rows = faultRows(viewOf(story));
    expect(rows.map(({ section, node }) => [section, node])).toEqual([
      ['clocks', 0],
      ['disks', 1],
      ['nodes', 1],
    ]);
  });
});

describe('which links', () => {
  const ids = [0, 1, 2, 3];
  const of = (test: (link: Link) => boolean): string => whoOf(everyLink(ids).filter(test), ids);

  it('are said in as few words as say it', () => {
    expect(of(() => true)).toBe('Every link');
    expect(of(({ from, to }) => from === 2 || to === 2)).toBe('Every link of node 2');
    expect(of(({ to }) => to === 2)).toBe('Every link to node 2');
    expect(of(({ from }) => from === 2)).toBe('Every link from node 2');
    expect(of(({ from, to }) => from === 0 && to === 1)).toBe('0 → 1');
    expect(of(({ from, to }) => from + to === 1)).toBe('0 ↔ 1');
    expect(of(({ from, to }) => from < to)).toBe('0 → 1, 0 → 2 and 4 more');
  });
});
