import { describe, expect, it } from 'vitest';
import { ScenarioStory } from '../../support/scenario-story.ts';

const election = { type: 'election-started', term: 2, votersNeeded: 2, reason: 'silence' } as const;

describe('conditions about what happens', () => {
  it('knows a leader that was elected since from one that leads already', () => {
    const story = new ScenarioStory(3).elect(0, 1);
    const [elected, another, none] = ['leader elected', 'new leader', 'no leader'].map((one) => story.watch(one));
    expect([elected?.(), another?.(), none?.()]).toEqual([true, false, false]);
    story.lab({ type: 'node-ended', target: 0, cause: 'crashed', reason: 'as asked' });
    expect([elected?.(), another?.(), none?.()]).toEqual([false, false, true]);
    story.elect(1, 2);
    expect([elected?.(), another?.(), none?.()]).toEqual([true, true, false]);
  });

  it('looks at the term and at who it is', () => {
    const story = new ScenarioStory(3).elect(1, 4);
    story.world.names.set('old', [1]);
    expect(story.holds('leader elected in a term above 3 among 0, 1')).toBe(true);
    expect(story.holds('leader elected in a term above 4')).toBe(false);
    expect(story.holds('leader elected among 0, 2')).toBe(false);
    expect(story.holds('leader elected other than old')).toBe(false);
    expect(story.holds('leader elected other than 0')).toBe(true);
  });

  it('counts since it began', () => {
    const story = new ScenarioStory(3).elect(0, 1);
    story.tell(1, election);
    const [one, none, changes] = ['election', 'elections = 0', 'leader changes'].map((words) => story.watch(words));
    expect([one?.(), none?.(), changes?.()]).toEqual([false, true, false]);
    story.tell(1, election);
    expect([one?.(), none?.(), changes?.()]).toEqual([true, false, false]);
    story.elect(1, 2);
    expect(changes?.()).toBe(true);
  });

  it('sees what the checks find, rules that are waived, and snapshots', () => {
    const story = new ScenarioStory(3);
    const words = [
      'violation',
      'violation of durability',
      'violation of monotonic',
      'evidence lost',
      'rule pre-vote waived',
      'snapshot installed at 2',
    ];
    const watches = words.map((one) => story.watch(one));
    const held = (): boolean[] => watches.map((holds) => holds());
    expect(held()).toEqual(words.map(() => false));
    story.lab({ type: 'violation-found', promise: 'durability', sentence: 'Lost.', conflict: [] });
    expect(held().slice(0, 3)).toEqual([true, true, false]);
    story.lab({ type: 'evidence-lost', promise: 'durability', reason: 'a thread was killed' });
    story.tell(1, { type: 'rule-waived', rule: 'pre-vote', reason: 'it is off' });
    story.tell(1, { type: 'snapshot-installed', lastIncludedIndex: 5, lastIncludedTerm: 1, reason: 'behind' });
    expect(held()).toEqual([true, true, false, true, true, false]);
    story.tell(2, { type: 'snapshot-installed', lastIncludedIndex: 5, lastIncludedTerm: 1, reason: 'behind' });
    expect(held().at(-1)).toBe(true);
  });

  it('finds any event by its fields, and by the server that it is about', () => {
    const story = new ScenarioStory(3);
    const seen = [
      { type: 'election-started' },
      { type: 'election-started', node: 1, term: 2 },
      { type: 'election-started', node: 1, term: 3 },
      { type: 'node-ended', node: 2 },
      { type: 'node-ended', node: 'lab' },
      { type: 'violation-found', conflict: [{ node: 1 }] },
      { type: 'violation-found', conflict: [] },
    ].map((event) => story.watch({ event }));
    const twice = story.watch({ event: { type: 'election-started' }, times: 2 });
    story.tell(1, election);
    story.lab({ type: 'node-ended', target: 2, cause: 'crashed', reason: 'as asked' });
    story.lab({
      type: 'violation-found',
      promise: 'durability',
      sentence: 'Lost.',
      conflict: [{ node: 1, boot: 1, sequence: 1 }],
    });
    expect(seen.map((holds) => holds())).toEqual([true, true, false, true, true, true, false]);
    expect(twice()).toBe(false);
    story.tell(0, election);
    expect(twice()).toBe(true);
  });
});
