import { describe, expect, it } from 'vitest';
import { votersOnly, type Configuration } from '../../../shared/configuration.ts';
import { storageNumberOf } from '../../../shared/ids.ts';
import {
  emptyClusterView,
  nodeOf,
  projectClusterView,
  type ClusterView,
} from '../../../shared/projection/cluster-view.ts';
import {
  configurationInForce,
  decidingGroupsOf,
  isWiped,
  memberKindOf,
  retentionInForce,
  rulesOffIn,
} from '../../../shared/projection/membership-view.ts';
import { EventStory, storageIdOf } from '../../support/event-story.ts';

const viewOf = (story: EventStory): ClusterView => story.events.reduce(projectClusterView, emptyClusterView);
const changed = (index: number, configuration: Configuration) =>
  ({ type: 'configuration-changed', index, configuration, reason: '' }) as const;
const joint: Configuration = {
  voters: votersOnly([1, 2, 3]).voters,
  outgoing: votersOnly([0, 1, 2]).voters,
  learners: votersOnly([4]).voters,
};

describe('the retention in force', () => {
  it('is that of the node that has applied the most, and of nobody yet 0', () => {
    const story = new EventStory().cluster(2);
    expect([retentionInForce(emptyClusterView), retentionInForce(viewOf(story))]).toEqual([0, 0]);
    story.tell(0, { type: 'retention-changed', index: 3, retainEntries: 10 });
    story.tell(0, { type: 'entries-applied', from: 1, to: 3, digest: 1 });
    expect(retentionInForce(viewOf(story))).toBe(10);
    story.tell(1, { type: 'retention-changed', index: 4, retainEntries: 20 });
    story.tell(1, { type: 'entries-applied', from: 1, to: 4, digest: 2 });
    expect(retentionInForce(viewOf(story))).toBe(20);
  });
});

describe('the configuration in force', () => {
  it('is the leader’s, although others have not heard of it', () => {
    const story = new EventStory().cluster(3).elect(0, 1, 3);
    story.tell(0, changed(4, votersOnly([0, 1])));
    expect(configurationInForce(viewOf(story))).toEqual({ index: 4, configuration: votersOnly([0, 1]) });
  });

  it('is that of the most up-to-date log without a leader', () => {
    const story = new EventStory().cluster(3);
    story.tell(1, { type: 'entries-appended', firstIndex: 1, lastIndex: 2, term: 3, reason: '' });
    story.tell(1, changed(2, votersOnly([1])));
    story.tell(2, { type: 'entries-appended', firstIndex: 1, lastIndex: 9, term: 2, reason: '' });
    story.tell(2, changed(9, votersOnly([2])));
    expect(configurationInForce(viewOf(story))?.index).toBe(2);
    story.lab({ type: 'node-ended', target: 1, cause: 'crashed', reason: '' });
    expect(configurationInForce(viewOf(story))?.index).toBe(9);
  });

  it('[6] is the one before again when the entry that brought it is removed', () => {
    const story = new EventStory().cluster(1);
    story.tell(0, changed(4, votersOnly([0, 1])));
    story.tell(0, {
      type: 'configuration-rolled-back',
      fromIndex: 4,
      index: 0,
      configuration: votersOnly([0]),
      reason: '',
      rule: 'rollback-config-on-truncate',
    });
    expect(configurationInForce(viewOf(story))).toEqual({ index: 0, configuration: votersOnly([0]) });
  });

  it('is not known before anybody has said so', () => {
    expect(configurationInForce(emptyClusterView)).toBeNull();
  });
});

describe('a node', () => {
  it.each([
    [3, 'voter'],
    [1, 'voter'],
    [0, 'outgoing'],
    [4, 'learner'],
    [5, 'outsider'],
  ])('%i of {0,1,2}→{1,2,3} with learner 4 is: %s', (id, kind) => {
    expect(memberKindOf(joint, id)).toBe(kind);
    expect(memberKindOf(undefined, id)).toBe('voter');
  });

  it('is wiped when it runs on another folder than it was added with', () => {
    const node = nodeOf(viewOf(new EventStory().cluster(1)), 0);
    if (!node) throw new Error('no node');
    const addedWith = (storage: number): Configuration => ({ ...votersOnly([]), voters: [{ id: 0, storage }] });
    expect(isWiped(addedWith(7), node)).toBe(true);
    expect(isWiped(addedWith(storageNumberOf(storageIdOf(0))), node)).toBe(false);
    expect(isWiped(addedWith(0), node)).toBe(false);
    expect(isWiped(votersOnly([1]), node)).toBe(false);
  });
});

describe('who could decide now', () => {
  it('are those that run, on the folder that they were added with, and are not paused', () => {
    const story = new EventStory().cluster(4);
    const voters = [0, 1, 2, 3].map((id) => ({ id, storage: id === 2 ? 99 : storageNumberOf(storageIdOf(id)) }));
    for (const id of [0, 1, 2, 3]) story.tell(id, changed(1, { voters, outgoing: [], learners: [] }));
    story.lab({ type: 'node-ended', target: 0, cause: 'crashed', reason: '' });
    story.lab({ type: 'node-fault', target: 1, fault: 'pause', faultRule: 'pause 1', reason: '' });
    expect(decidingGroupsOf(viewOf(story))).toMatchObject([{ name: 'voters', able: [3], needed: 3 }]);
    story.lab({ type: 'node-fault', target: 1, fault: 'resume', faultRule: 'pause 1', reason: '' });
    story.tell(3, { type: 'rules-changed', rulesOff: ['no-amnesia'], reason: '' });
    expect(decidingGroupsOf(viewOf(story))).toMatchObject([{ able: [1, 2, 3] }]);
  });

  it('[6] are two groups while the configuration is joint', () => {
    const story = new EventStory().cluster(5);
    for (const id of [0, 1, 2, 3, 4]) story.tell(id, changed(1, joint));
    expect(decidingGroupsOf(viewOf(story))).toMatchObject([
      { name: 'new', able: [1, 2, 3], needed: 2 },
      { name: 'old', able: [0, 1, 2], needed: 2 },
    ]);
    story.tell(0, { type: 'rules-changed', rulesOff: ['joint-majorities'], reason: '' });
    expect(decidingGroupsOf(viewOf(story))).toMatchObject([{ name: 'voters', able: [1, 2, 3] }]);
  });
});

describe('rules that are off', () => {
  it('are those of any node that runs, as it says when it starts', () => {
    const story = new EventStory().cluster(2);
    story.tell(0, { type: 'rules-changed', rulesOff: ['pre-vote'], reason: '' });
    story.tell(1, { type: 'rules-changed', rulesOff: ['one-vote-per-term', 'pre-vote'], reason: '' });
    expect(rulesOffIn(viewOf(story))).toEqual(['one-vote-per-term', 'pre-vote']);
    story.tell(1, { type: 'rules-changed', rulesOff: [], reason: '' });
    expect(rulesOffIn(viewOf(story.start(0, 2, 2)))).toEqual([]);
    expect(rulesOffIn(viewOf(story.start(0, 2, 3, { rulesOff: ['pre-vote'] })))).toEqual(['pre-vote']);
  });

  it('are not those of a node that is down, unless all are', () => {
    const story = new EventStory().cluster(2);
    for (const id of [0, 1]) story.tell(id, { type: 'rules-changed', rulesOff: ['pre-vote'], reason: '' });
    story.lab({ type: 'node-ended', target: 0, cause: 'crashed', reason: '' });
    story.tell(1, { type: 'rules-changed', rulesOff: [], reason: '' });
    expect(rulesOffIn(viewOf(story))).toEqual([]);
    story.lab({ type: 'node-ended', target: 1, cause: 'crashed', reason: '' });
    expect(rulesOffIn(viewOf(story))).toEqual(['pre-vote']);
  });
});
