import { describe, expect, it } from 'vitest';
import { readServerWord, readServerWords } from '../../../main/scenario/server-words.ts';
import { clientTexts, isQuiet, rangeOf } from '../../../main/scenario/world.ts';
import { required } from '../../../shared/assert.ts';
import { succeed } from '../../../shared/result.ts';
import { ScenarioStory } from '../../support/scenario-story.ts';

const found = ({ world }: ScenarioStory, word: unknown): readonly number[] | undefined =>
  world.find(required(readServerWord(word), 'a word for servers'));

describe('words for servers', () => {
  it('mean those that they fit at the moment', () => {
    const story = new ScenarioStory(3).elect(1, 1);
    story.world.names.set('old', [2, 0]);
    const words = ['leader', 'follower', 'follower 2', 'followers', 'all', 'voters', 'node 2', 0, 'old'];
    expect(words.map((word) => found(story, word))).toEqual([
      [1],
      [0],
      [2],
      [0, 2],
      [0, 1, 2],
      [0, 1, 2],
      [2],
      [0],
      [2, 0],
    ]);
    story.lab({ type: 'node-ended', target: 0, cause: 'crashed', reason: 'a test' });
    expect(words.map((word) => found(story, word))).toEqual([
      [1],
      [2],
      undefined,
      [2],
      [0, 1, 2],
      [0, 1, 2],
      [2],
      [0],
      [2, 0],
    ]);
  });

  it('mean nobody where nobody fits', () => {
    const story = new ScenarioStory(3);
    for (const word of ['leader', 'former leader', 'candidate', 'learners', 'old'])
      expect(found(story, word), word).toBeUndefined();
    expect(found(story, 'rest')).toEqual([]);
    expect(story.world.findAll(required(readServerWords(['leader', 2, 'old', 'follower']), 'words'))).toEqual([2, 0]);
  });

  it('know a candidate, also a paused server from a follower, and a learner from a voter', () => {
    const story = new ScenarioStory(3).elect(0, 1);
    story.lab({ type: 'node-fault', target: 1, fault: 'pause', faultRule: 'pause 1', reason: 'a test' });
    expect(found(story, 'followers')).toEqual([2]);
    const [voters, learners] = [[0, 1], [2]].map((ids) => ids.map((id) => ({ id, storage: 0 })));
    const configuration = { voters: voters ?? [], outgoing: [], learners: learners ?? [] };
    story.tell(0, { type: 'configuration-changed', index: 2, configuration, reason: 'a test' });
    expect([found(story, 'learners'), found(story, 'voters'), found(story, 'followers')]).toEqual([
      [2],
      [0, 1],
      undefined,
    ]);
    story.tell(2, { type: 'role-changed', from: 'follower', to: 'candidate', term: 2, reason: 'a test' });
    expect(found(story, 'candidate')).toEqual([2]);
  });

  it('know who led before, with and without somebody who leads now', () => {
    const story = new ScenarioStory(3).elect(0, 1);
    expect(found(story, 'former leader')).toBeUndefined();
    story.lab({ type: 'node-ended', target: 0, cause: 'crashed', reason: 'a test' });
    expect(found(story, 'former leader')).toEqual([0]);
    story.elect(1, 2);
    expect([found(story, 'leader'), found(story, 'former leader')]).toEqual([[1], [0]]);
    // The same server twice in a row is not its own predecessor.
    story.elect(1, 3);
    expect(found(story, 'former leader')).toEqual([0]);
  });
});

describe('what a read answered', () => {
  it('is the text of its client entries; what is no text stands in it all the same', () => {
    const entry = (kind: 'client' | 'noop', ...payload: readonly number[]) => ({
      index: 1,
      term: 1,
      kind,
      payload: Uint8Array.from(payload),
    });
    const value = { kind: 'index-range', entries: [entry('noop'), entry('client', 97), entry('client', 255)] };
    expect(clientTexts(rangeOf({ state: 'answered', value }))).toEqual(['a', undefined]);
  });

  it('is nothing of anything else', () => {
    const story = new ScenarioStory(1);
    story.world.answer('first', succeed(null));
    expect(rangeOf(story.world.requests.get('first'))).toBeUndefined();
    expect(rangeOf({ state: 'answered', value: { kind: 'append' } })).toBeUndefined();
    expect(rangeOf({ state: 'pending' })).toBeUndefined();
    expect(clientTexts(rangeOf(undefined))).toBeUndefined();
  });
});

it('tells events that move no condition', () => {
  const story = new ScenarioStory(1);
  const timer = { type: 'timer-set', timer: 'election', deadlineNs: 1, durationNs: 1 } as const;
  expect(isQuiet(story.tell(0, timer))).toBe(true);
  expect(isQuiet(story.lab({ type: 'node-ended', target: 0, cause: 'stopped', reason: 'a test' }))).toBe(false);
});
