import { describe, expect, it } from 'vitest';
import { isClusterCondition } from '../../../main/scenario/cluster-conditions.ts';
import { conditionOf, ScenarioStory } from '../../support/scenario-story.ts';
import { votersOnly } from '../../../shared/configuration.ts';

/** Node 0 leads term 1 with its first entry, that the servers of `committed` hold and know to be committed. */
function ledBy0(...committed: number[]): ScenarioStory {
  const story = new ScenarioStory(3).elect(0, 1);
  for (const node of committed) {
    story.tell(node, { type: 'entries-appended', firstIndex: 1, lastIndex: 1, term: 1, reason: 'no-op' });
    story.tell(node, { type: 'commit-advanced', from: 0, to: 1, term: 1, reason: 'a majority' });
    story.tell(node, { type: 'entries-applied', from: 1, to: 1, digest: 7 });
  }
  return story;
}

describe('conditions about the cluster', () => {
  it('knows them from the others', () => {
    expect(isClusterCondition(conditionOf('two leaders'))).toBe(true);
    expect(isClusterCondition(conditionOf('leader elected'))).toBe(false);
  });

  it('knows what each server does', () => {
    const story = ledBy0();
    expect(story.holds('node 0 is leader')).toBe(true);
    expect(story.holds('follower 2 is follower')).toBe(true);
    expect(story.holds('0 is running')).toBe(true);
    expect(story.holds('old is leader')).toBe(false);
    story.world.names.set('old', [0]);
    expect(story.holds('old is leader')).toBe(true);
    story.lab({ type: 'node-fault', target: 0, fault: 'pause', faultRule: 'pause 0', reason: 'as asked' });
    expect([story.holds('0 is paused'), story.holds('0 is running')]).toEqual([true, false]);
    story.lab({ type: 'node-ended', target: 1, cause: 'crashed', reason: 'as asked' });
    expect([story.holds('1 is crashed'), story.holds('1 is down'), story.holds('1 is stopped')]).toEqual([
      true,
      true,
      false,
    ]);
    expect(story.holds('1 is follower')).toBe(false);
    expect([story.holds('2 is a voter'), story.holds('2 is a learner'), story.holds('2 is an outsider')]).toEqual([
      true,
      false,
      false,
    ]);
  });

  it('counts those that believe they lead', () => {
    const story = ledBy0();
    expect(story.holds('two leaders')).toBe(false);
    story.tell(1, { type: 'role-changed', from: 'candidate', to: 'leader', term: 2, reason: 'a majority' });
    expect([story.holds('two leaders'), story.holds({ leaders: '= 1' })]).toEqual([true, false]);
  });

  it('knows what is committed at a majority, at all, and at some', () => {
    const story = ledBy0(0, 1);
    expect(story.holds('commit index 1')).toBe(true);
    expect(story.holds('commit index 1 at majority')).toBe(true);
    expect(story.holds('commit index 2')).toBe(false);
    expect(story.holds('commit index 1 at all')).toBe(false);
    expect(story.holds('commit index 1 at 0, 1')).toBe(true);
    expect(story.holds('commit index = 0 at 2')).toBe(true);
    story.lab({ type: 'node-ended', target: 2, cause: 'stopped', reason: 'as asked' });
    expect(story.holds('commit index 1 at all')).toBe(true);
  });

  it('compares terms and logs', () => {
    const story = ledBy0(0, 1);
    expect([story.holds('term 1'), story.holds('term 2'), story.holds('term = 1 at 2')]).toEqual([true, false, true]);
    expect([story.holds('logs equal'), story.holds('logs equal at 0, 1')]).toEqual([false, true]);
    story.tell(2, { type: 'entries-appended', firstIndex: 1, lastIndex: 1, term: 1, reason: 'from the leader' });
    expect(story.holds('logs equal')).toBe(false);
    story.tell(2, { type: 'commit-advanced', from: 0, to: 1, term: 1, reason: 'the leader says so' });
    story.tell(2, { type: 'entries-applied', from: 1, to: 1, digest: 7 });
    expect(story.holds('logs equal')).toBe(true);
  });

  it('knows who votes, once the change is committed', () => {
    const story = ledBy0(0, 1, 2);
    expect([story.holds('voters are 0, 1, 2'), story.holds('voters are 0, 1')]).toEqual([true, false]);
    const change = {
      type: 'configuration-changed',
      index: 2,
      configuration: votersOnly([0, 1]),
      reason: 'as asked',
    } as const;
    story.tell(0, { type: 'entries-appended', firstIndex: 2, lastIndex: 2, term: 1, reason: 'a change' });
    story.tell(0, change);
    expect(story.holds('voters are 0, 1')).toBe(false);
    story.tell(0, { type: 'commit-advanced', from: 1, to: 2, term: 1, reason: 'a majority' });
    expect([story.holds('voters are 1, 0'), story.holds('learners are 0')]).toEqual([true, false]);
  });
});
