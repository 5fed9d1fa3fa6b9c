import { describe, expect, it } from 'vitest';
import { LaneHistory } from '../../../../renderer/stores/diagram/lane-history.ts';
import type { LabEvent } from '../../../../shared/event.ts';
import { landmarkOf } from '../../../../shared/projection/landmarks.ts';
import { emptyClusterView, projectClusterView } from '../../../../shared/projection/cluster-view.ts';
import { startDrivenLab, type DrivenLab } from '../../../support/sim-lab.ts';

function historyOf(events: readonly LabEvent[], first = 0, history = new LaneHistory()): LaneHistory {
  events.slice(first).forEach((event, at) => {
    const landmark = landmarkOf(event, first + at);
    if (landmark) history.take(landmark);
  });
  return history;
}

function story(): DrivenLab {
  const lab = startDrivenLab(3);
  const leader = lab.leader();
  lab.do({ type: 'partition', groups: [[leader]] });
  lab.leader(leader);
  lab.do({ type: 'pause-node', node: leader });
  lab.runFor(500);
  lab.do({ type: 'heal-all' });
  lab.runFor(1_000);
  lab.do({ type: 'crash-node', node: leader });
  lab.runFor(500);
  lab.do({ type: 'start-node', node: leader });
  lab.runFor(1_000);
  return lab;
}

/** What the fold of the whole stream says of a node, event by event. */
function rolesByView(events: readonly LabEvent[], node: number): string[] {
  const roles: string[] = [];
  let view = emptyClusterView;
  for (const event of events) {
    view = projectClusterView(view, event);
    const one = view.nodes.find(({ id }) => id === node);
    const now = one?.status === 'running' ? one.role : 'down';
    if (now !== roles.at(-1)) roles.push(now);
  }
  return roles;
}

describe('what nodes were, from landmarks', () => {
  const lab = story();
  const history = historyOf(lab.events);

  it.each([0, 1, 2])('says of node %d what the whole stream says', (node) => {
    const roles = ['down'];
    let end = 0;
    for (const span of history.roles.items
      .filter((one) => one.node === node)
      .toSorted((one, other) => one.fromNs - other.fromNs)) {
      if (span.fromNs > end && roles.length > 1) roles.push('down');
      if (roles.at(-1) !== span.role) roles.push(span.role);
      end = span.toNs;
    }
    // What lasts no time at all is not seen in spans of time.
    expect(roles).toEqual(rolesByView(lab.events, node));
  });

  it('knows when links were at fault, and how many', () => {
    expect(history.linkFaults.items).toHaveLength(1);
    expect(history.linkFaults.items[0]).toMatchObject({ count: 4 });
    expect(history.linkFaults.items[0]?.toNs).toBeLessThan(Infinity);
  });

  it('knows a pause', () => {
    const [pause] = history.nodeFaults.items;
    expect(pause).toMatchObject({ isPause: true });
    expect((pause?.toNs ?? 0) - (pause?.fromNs ?? 0)).toBeGreaterThanOrEqual(500e6);
  });

  it('begins in the middle from what a view says, and takes nothing twice', () => {
    const middle = Math.floor(lab.events.length / 2);
    const view = lab.events.slice(0, middle).reduce(projectClusterView, emptyClusterView);
    const late = new LaneHistory();
    late.begin(view, lab.events[middle]?.timeNs ?? 0);
    historyOf(lab.events, middle, late);
    const count = late.roles.length;
    historyOf(lab.events, middle, late);
    expect(late.roles.length).toBe(count);
    expect(late.roles.items.filter(({ toNs }) => toNs === Infinity)).toHaveLength(3);
  });
});
