import { describe, expect, it } from 'vitest';
import type { NodeFault } from '../../../shared/bench-event.ts';
import { paperTimings } from '../../../shared/cluster-config.ts';
import type { LabEvent } from '../../../shared/event.ts';
import {
  currentLeader,
  emptyClusterView,
  isLinkCut,
  nodeOf,
  projectClusterView,
  type ClusterView,
} from '../../../shared/projection/cluster-view.ts';
import { EventStory } from '../../support/event-story.ts';

function fold(events: readonly LabEvent[], from: ClusterView = emptyClusterView): ClusterView {
  return events.reduce(projectClusterView, from);
}

describe('the cluster', () => {
  it('begins with its nodes running, in order of their ids', () => {
    const view = fold(new EventStory().cluster(3).events);
    expect(view.status).toBe('running');
    expect(view.folder).toBe('/data/cluster');
    expect(view.nodes.map((node) => [node.id, node.status, node.address.port])).toEqual([
      [0, 'running', 30_000],
      [1, 'running', 30_001],
      [2, 'running', 30_002],
    ]);
  });

  it('keeps its picture when it is stopped', () => {
    const story = new EventStory().cluster(1);
    story.lab({ type: 'node-ended', target: 0, cause: 'stopped', reason: 'asked to' });
    story.lab({ type: 'cluster-stopped', reason: 'asked to' });
    const view = fold(story.events);
    expect(view.status).toBe('stopped');
    expect(nodeOf(view, 0)).toMatchObject({ status: 'stopped', statusReason: 'asked to' });
  });

  it('forgets cut links and nodes when another one starts', () => {
    const story = new EventStory().cluster(3);
    story.lab({ type: 'link-cut', link: { from: 0, to: 2 }, faultRule: 'cut 0→2' });
    const view = fold(story.cluster(1).events);
    expect(view.cutLinks).toEqual([]);
    expect(view.nodes).toHaveLength(1);
  });

  it('says once that other ports were taken', () => {
    const story = new EventStory();
    story.lab({ type: 'ports-moved', wanted: 1, got: 11, reason: 'port 1 is taken' });
    const started = fold(story.cluster(1).events);
    expect(started.portNotice).toBe('port 1 is taken');
    story.lab({ type: 'cluster-stopped', reason: '' });
    expect(fold(story.events).portNotice).toBe('');
  });
});

describe('the world that it runs in', () => {
  it('is the real one, at its own pace, where nothing else is said', () => {
    const view = fold(new EventStory().cluster(1).events);
    expect(view).toMatchObject({ world: 'real', seed: null, networkDelay: null, pace: 1, search: null });
  });

  it('is told by the start, and the pace that was set before stays', () => {
    const story = new EventStory();
    story.lab({ type: 'pace-changed', speed: 0.5 });
    const networkDelay = { minMs: 300, maxMs: 600 };
    const start = { clusterId: 'c', members: [], timings: paperTimings, folder: '', networkDelay } as const;
    story.lab({ type: 'cluster-started', ...start, world: 'simulated', seed: 7 });
    expect(fold(story.events)).toMatchObject({ world: 'simulated', seed: 7, networkDelay, pace: 0.5 });
    story.lab({ type: 'pace-changed', speed: 0 });
    expect(fold(story.events).pace).toBe(0);
  });

  it('shows a search for a seed as long as it goes on', () => {
    const story = new EventStory();
    const search = { type: 'search-progress', looking: 'split-vote', seed: 7, tried: 6, seedsMax: 100 } as const;
    story.lab({ ...search, state: 'searching' });
    expect(fold(story.cluster(1).events).search).toEqual({ ...search, state: 'searching' });
    story.lab({ ...search, state: 'stopped' });
    expect(fold(story.events).search).toBeNull();
  });
});

describe('the leader', () => {
  it('is the running one with the highest term: a deposed one has not heard yet', () => {
    const story = new EventStory().cluster(3).elect(0, 1, 3);
    story.tell(1, { type: 'role-changed', from: 'candidate', to: 'leader', term: 2, reason: 'a majority' });
    const view = fold(story.events);
    expect(nodeOf(view, 0)?.role).toBe('leader');
    expect(currentLeader(view)?.id).toBe(1);
  });

  it('is none once it has crashed', () => {
    const story = new EventStory().cluster(3).elect(2, 1, 3);
    expect(currentLeader(fold(story.events))?.id).toBe(2);
    story.lab({ type: 'node-ended', target: 2, cause: 'crashed', reason: 'killed' });
    expect(currentLeader(fold(story.events))).toBeUndefined();
  });
});

describe('links', () => {
  it('are directed: cutting one direction leaves the other', () => {
    const story = new EventStory().cluster(2);
    story.lab({ type: 'link-cut', link: { from: 0, to: 1 }, faultRule: 'cut 0→1' });
    const cut = fold(story.events);
    expect(isLinkCut(cut, { from: 0, to: 1 })).toBe(true);
    expect(isLinkCut(cut, { from: 1, to: 0 })).toBe(false);
    story.lab({ type: 'link-healed', link: { from: 0, to: 1 }, faultRule: 'cut 0→1' });
    expect(fold(story.events).cutLinks).toEqual([]);
  });

  it('are cut once, however often that is reported', () => {
    const story = new EventStory().cluster(2);
    for (let i = 0; i < 2; i++) story.lab({ type: 'link-cut', link: { from: 0, to: 1 }, faultRule: 'cut 0→1' });
    expect(fold(story.events).cutLinks).toHaveLength(1);
  });
});

describe('faults', () => {
  it('of links are in force from when they are set until they are cleared', () => {
    const story = new EventStory().cluster(2);
    const fault = { id: 'loss', link: { from: 0, to: 1 }, action: { kind: 'drop', percent: 5 } } as const;
    for (const description of ['5 % are lost', '9 % are lost'])
      story.lab({ type: 'fault-set', faultRule: 'loss', fault, description });
    expect(fold(story.events).faults).toEqual([{ faultRule: 'loss', description: '9 % are lost', fault }]);
    story.lab({ type: 'fault-cleared', faultRule: 'loss' });
    expect(fold(story.events).faults).toEqual([]);
  });

  it('of a node go on until they are healed; a pause ends with its thread', () => {
    const story = new EventStory().cluster(1);
    const happens = (fault: NodeFault, faultRule = `${fault} 0`): void => {
      story.lab({ type: 'node-fault', target: 0, fault, faultRule, reason: '' });
    };
    const faults = (): readonly NodeFault[] | undefined =>
      nodeOf(fold(story.events), 0)?.faults.map(({ fault }) => fault);
    happens('slow-disk');
    happens('clock-jump');
    happens('pause');
    happens('clock-rate');
    expect(faults()).toEqual(['slow-disk', 'pause', 'clock-rate']);
    happens('healed', 'slow-disk 0');
    expect(faults()).toEqual(['pause', 'clock-rate']);
    story.start(0, 1, 2);
    expect(faults()).toEqual(['clock-rate']);
    happens('pause');
    happens('healed');
    expect(faults()).toEqual(['pause']);
    happens('resume');
    expect(faults()).toEqual([]);
  });
});

describe('a fold', () => {
  it('gives the very same object where nothing changed', () => {
    const story = new EventStory().cluster(2);
    const view = fold(story.events);
    const read = story.tell(0, { type: 'read-confirmed', by: 'linearizable', readIndex: 1, reads: 1, reason: '' });
    expect(projectClusterView(view, read)).toBe(view);
    const unknown = story.tell(7, { type: 'leader-known', leaderId: 1, term: 1 });
    expect(projectClusterView(view, unknown)).toBe(view);
  });

  it('leaves the nodes alone that nothing happened to', () => {
    const story = new EventStory().cluster(2);
    const before = fold(story.events);
    const after = projectClusterView(before, story.tell(0, { type: 'leader-known', leaderId: 1, term: 1 }));
    expect(nodeOf(after, 0)?.leaderId).toBe(1);
    expect(nodeOf(after, 1)).toBe(nodeOf(before, 1));
  });
});
