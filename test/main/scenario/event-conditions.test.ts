import { describe, expect, it } from 'vitest';
import { ScenarioStory } from '../../support/scenario-story.ts';

function tellElection(story: ScenarioStory, node: number, term: number): void {
  story.tell(node, { type: 'election-started', term, votersNeeded: 2, reason: 'a test' });
}

describe('a leader', () => {
  it('is elected as soon as somebody leads, new when the election was won since', () => {
    const story = new ScenarioStory(3);
    const [noneBefore, electedBefore] = [story.watch('no leader'), story.watch('leader elected')];
    expect([noneBefore(), electedBefore()]).toEqual([true, false]);
    story.elect(0, 1);
    expect([noneBefore(), electedBefore()]).toEqual([false, true]);
    const [elected, fresh] = [story.watch('leader elected'), story.watch('new leader')];
    expect([elected(), fresh()]).toEqual([true, false]);
    story.succeed(0, 1, 2);
    expect([elected(), fresh()]).toEqual([true, true]);
    story.lab({ type: 'node-ended', target: 1, cause: 'crashed', reason: 'a test' });
    expect([elected(), fresh()]).toEqual([false, false]);
  });

  it.each([
    ['new leader in a term above 1', true],
    ['new leader in a term above 2', false],
    ['new leader among 1, 2', true],
    ['new leader among 0, 2', false],
    ['new leader other than 0', true],
    ['new leader other than former leader', true],
    ['new leader other than 1', false],
    ['new leader other than old', false],
    ['leader elected in a term above 1 among 0, 1 other than 0', true],
  ])('%s: %s', (words, expected) => {
    const story = new ScenarioStory(3).elect(0, 1);
    story.world.names.set('old', [1]);
    const holds = story.watch(words);
    story.succeed(0, 1, 2);
    expect(holds()).toBe(expected);
  });
});

describe('what is counted', () => {
  it('counts from when it is asked', () => {
    const story = new ScenarioStory(3);
    tellElection(story, 0, 1);
    const [one, two, atMost] = ['election', 'elections 2', 'elections at most 1'].map((words) => story.watch(words));
    expect([one?.(), two?.(), atMost?.()]).toEqual([false, false, true]);
    tellElection(story, 0, 2);
    expect([one?.(), two?.(), atMost?.()]).toEqual([true, false, true]);
    tellElection(story, 1, 3);
    expect([one?.(), two?.(), atMost?.()]).toEqual([true, true, false]);
  });

  it('counts elections that were won as changes of leader', () => {
    const story = new ScenarioStory(3).elect(0, 1);
    const [changes, often] = [story.watch('leader changes'), story.watch('leader changes > 1')];
    tellElection(story, 1, 2);
    expect(changes()).toBe(false);
    story.elect(1, 2);
    expect([changes(), often()]).toEqual([true, false]);
    story.elect(0, 3);
    expect(often()).toBe(true);
  });

  it('knows what the checks say, of any promise or of one', () => {
    const story = new ScenarioStory(3);
    const asked = ['violation', 'violation of linearizability', 'violation of single-vote', 'evidence lost'];
    const holds = asked.map((words) => story.watch(words));
    story.lab({ type: 'violation-found', promise: 'single-vote', sentence: 'a test', conflict: [] });
    expect(holds.map((one) => one())).toEqual([true, false, true, false]);
    const [lost, otherLost] = [story.watch('evidence lost for durability'), story.watch('evidence lost for monotonic')];
    story.lab({ type: 'evidence-lost', promise: 'durability', reason: 'a test' });
    expect([lost(), otherLost(), holds[3]?.()]).toEqual([true, false, true]);
  });

  it('knows of rules that were passed over, and of snapshots', () => {
    const story = new ScenarioStory(3);
    const waived = [story.watch('rule pre-vote waived'), story.watch('rule no-amnesia waived')];
    story.tell(1, { type: 'rule-waived', rule: 'pre-vote', reason: 'a test' });
    expect(waived.map((one) => one())).toEqual([true, false]);
    const installed = ['snapshot installed at 2', 'snapshot installed at 1', 'snapshot installed'].map((words) =>
      story.watch(words),
    );
    story.tell(2, {
      type: 'snapshot-installed',
      lastIncludedIndex: 5,
      lastIncludedTerm: 1,
      reason: 'a test',
    });
    expect(installed.map((one) => one())).toEqual([true, false, true]);
  });
});

describe('an event', () => {
  it.each<[object, boolean]>([
    [{ event: { type: 'vote-refused' } }, true],
    [{ event: { type: 'vote-granted' } }, false],
    [{ event: { type: 'vote-refused', node: 2 } }, true],
    [{ event: { type: 'vote-refused', node: 1 } }, false],
    [{ event: { type: 'vote-refused', node: 'lab' } }, false],
    [{ event: { type: 'vote-refused', node: 'candidate' } }, false],
    [{ event: { type: 'vote-refused', rule: 'up-to-date-vote', candidateId: 0 } }, true],
    [{ event: { type: 'vote-refused', rule: 'stale-term' } }, false],
    [{ event: { type: 'vote-refused' }, times: 2 }, false],
    [{ event: { type: 'vote-refused' }, times: 'at most 1' }, true],
    // What the lab tells of a server is about that server.
    [{ event: { type: 'node-ended', node: 1 } }, true],
    [{ event: { type: 'node-ended', node: 'lab' } }, true],
    [{ event: { type: 'node-ended', node: 2 } }, false],
    // Fields of fields, in part; lists as a whole.
    [{ event: { type: 'command-refused', failure: { code: 'conflict' } } }, true],
    [{ event: { type: 'command-refused', failure: { code: 'invalid' } } }, false],
    [{ event: { type: 'command-refused', command: { code: 'conflict' } } }, false],
    [{ event: { type: 'vote-counted', votes: [0, 1] } }, true],
    [{ event: { type: 'vote-counted', votes: [0] } }, false],
    [{ event: { type: 'vote-counted', from: [1] } }, false],
  ])('%j: %s', (condition, expected) => {
    const story = new ScenarioStory(3);
    const holds = story.watch(condition);
    story.tell(2, {
      type: 'vote-refused',
      candidateId: 0,
      term: 1,
      reason: 'a test',
      rule: 'up-to-date-vote',
    });
    story.tell(0, { type: 'vote-counted', from: 1, granted: true, term: 1, votes: [0, 1], votersNeeded: 2 });
    story.lab({ type: 'node-ended', target: 1, cause: 'stopped', reason: 'a test' });
    story.lab({ type: 'command-refused', command: 'append', failure: { code: 'conflict', message: 'a test' } });
    expect(holds()).toBe(expected);
  });
});
