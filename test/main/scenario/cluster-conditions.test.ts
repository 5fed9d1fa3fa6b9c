import { describe, expect, it } from 'vitest';
import { isClusterCondition } from '../../../main/scenario/cluster-conditions.ts';
import type { Configuration } from '../../../shared/configuration.ts';
import { conditionOf, ScenarioStory } from '../../support/scenario-story.ts';

const servers = (...ids: readonly number[]) => ids.map((id) => ({ id, storage: 0 }));

/** Node 0 leads three servers in term 1, and each has entries 1 and 2; 0 and 1 have committed and applied them. */
function led(): ScenarioStory {
  const story = new ScenarioStory(3).elect(0, 1);
  for (const id of [0, 1, 2])
    story.tell(id, { type: 'entries-appended', firstIndex: 1, lastIndex: 2, term: 1, reason: 'a test' });
  for (const id of [0, 1]) commit(story, id);
  return story;
}

function commit(story: ScenarioStory, id: number): void {
  story.tell(id, { type: 'commit-advanced', from: 0, to: 2, term: 1, reason: 'a test' });
  story.tell(id, { type: 'entries-applied', from: 1, to: 2, digest: 1 });
}

function configure(story: ScenarioStory, id: number, index: number, configuration: Configuration): void {
  story.tell(id, { type: 'configuration-changed', index, configuration, reason: 'a test' });
}

describe('leaders', () => {
  it('are those that run and believe that they lead', () => {
    const story = new ScenarioStory(3);
    expect(story.holds('two leaders')).toBe(false);
    expect(story.holds({ leaders: '= 0' })).toBe(true);
    story.elect(0, 1);
    story.tell(1, { type: 'role-changed', from: 'candidate', to: 'leader', term: 2, reason: 'a test' });
    expect(story.holds('two leaders')).toBe(true);
    story.lab({ type: 'node-ended', target: 0, cause: 'crashed', reason: 'a test' });
    expect(story.holds('two leaders')).toBe(false);
  });
});

describe('what a server is', () => {
  const story = led();
  story.lab({ type: 'node-ended', target: 2, cause: 'crashed', reason: 'a test' });

  it.each([
    ['leader is running', true],
    ['node 0 is leader', true],
    ['node 1 is leader', false],
    ['node 1 is follower', true],
    ['node 1 is candidate', false],
    ['node 1 is running', true],
    ['node 2 is running', false],
    ['node 2 is follower', false],
    ['node 2 is crashed', true],
    ['node 2 is stopped', false],
    ['node 2 is failed', false],
    ['node 2 is down', true],
    ['node 1 is down', false],
    ['node 1 is a voter', true],
    ['node 1 is a learner', false],
    ['node 1 is an outsider', false],
    // Whom nobody is called by, is nothing.
    ['candidate is running', false],
  ])('%s: %s', (words, expected) => {
    expect(story.holds(words)).toBe(expected);
  });

  it('tells a server that is paused from one that works', () => {
    const paused = led();
    paused.lab({ type: 'node-fault', target: 1, fault: 'pause', faultRule: 'pause 1', reason: 'a test' });
    expect(paused.holds({ node: 1, is: 'paused' })).toBe(true);
    expect(paused.holds('node 1 is running')).toBe(false);
    expect(paused.holds({ node: 0, is: 'paused' })).toBe(false);
  });
});

describe('the commit index', () => {
  it.each([
    ['commit index 2', true],
    ['commit index 3', false],
    ['commit index 2 at all', false],
    ['commit index 2 at 0, 1', true],
    ['commit index 2 at 2', false],
    ['commit index = 0 at 2', true],
    ['commit index 1 at candidate', false],
  ])('%s: %s', (words, expected) => {
    expect(led().holds(words)).toBe(expected);
  });

  it('of a majority is one of all voters, also of those that are down', () => {
    const story = led();
    story.lab({ type: 'node-ended', target: 1, cause: 'crashed', reason: 'a test' });
    expect(story.holds('commit index 2')).toBe(false);
    commit(story, 2);
    expect(story.holds('commit index 2')).toBe(true);
    expect(story.holds('commit index 2 at all')).toBe(true);
  });
});

describe('the term', () => {
  it.each([
    ['term 1', true],
    ['term 2', false],
    ['term = 1 at 2', true],
    ['term below 1', false],
  ])('%s: %s', (words, expected) => {
    expect(led().holds(words)).toBe(expected);
  });
});

describe('logs', () => {
  it('are equal when they end alike, committed and applied, on every member that runs', () => {
    const story = led();
    expect(story.holds('logs equal')).toBe(false);
    expect(story.holds('logs equal at 0, 1')).toBe(true);
    commit(story, 2);
    expect(story.holds('logs equal')).toBe(true);
    story.tell(0, { type: 'entries-appended', firstIndex: 3, lastIndex: 3, term: 1, reason: 'a test' });
    expect(story.holds('logs equal')).toBe(false);
    expect(story.holds('logs equal at 1, 2')).toBe(true);
  });

  it('do not include those of servers that wait to be added', () => {
    const story = led();
    configure(story, 0, 2, { voters: servers(0, 1), outgoing: [], learners: [] });
    expect(story.holds('logs equal')).toBe(true);
    expect(story.holds({ node: 2, is: 'an outsider' })).toBe(true);
  });
});

describe('the members', () => {
  it('are those of a configuration that is committed, with no change under way', () => {
    const story = led();
    expect(story.holds('voters are 0, 1, 2')).toBe(true);
    expect(story.holds('voters are 0, 1')).toBe(false);
    configure(story, 0, 2, { voters: servers(0, 1), outgoing: servers(0, 1, 2), learners: servers(2) });
    expect(story.holds('voters are 0, 1')).toBe(false);
    configure(story, 0, 3, { voters: servers(0, 1), outgoing: [], learners: servers(2) });
    expect(story.holds('voters are 0, 1')).toBe(false);
    story.tell(0, { type: 'commit-advanced', from: 2, to: 3, term: 1, reason: 'a test' });
    expect(story.holds('voters are 0, 1')).toBe(true);
    expect(story.holds('voters are leader, follower 1')).toBe(true);
    expect(story.holds('learners are 2')).toBe(true);
    expect(story.holds('learners are 1')).toBe(false);
    expect(story.holds('learner 2 promoted')).toBe(false);
    expect(story.holds({ node: 2, is: 'a learner' })).toBe(true);
  });

  it('are not known without a leader', () => {
    expect(new ScenarioStory(3).holds('voters are 0, 1, 2')).toBe(false);
  });
});

it('is told from what has to be counted', () => {
  expect(isClusterCondition(conditionOf('two leaders'))).toBe(true);
  expect(isClusterCondition(conditionOf('leader elected'))).toBe(false);
});
