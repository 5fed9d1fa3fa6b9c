import { describe, expect, it } from 'vitest';
import { readServerWord } from '../../../main/scenario/server-words.ts';
import { clientTexts, rangeOf } from '../../../main/scenario/world.ts';
import { ScenarioStory } from '../../support/scenario-story.ts';

function finder(story: ScenarioStory): (text: string) => readonly number[] | undefined {
  return (text) => {
    const word = readServerWord(text);
    return word && story.world.find(word, [9]);
  };
}

describe('World', () => {
  it('knows whom words mean at the moment', () => {
    const story = new ScenarioStory(3);
    const find = finder(story);
    expect(['leader', 'former leader', 'candidate', 'old'].map(find)).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
    expect(['2', 'follower', 'follower 3', 'followers', 'all', 'rest'].map(find)).toEqual([
      [2],
      [0],
      [2],
      [0, 1, 2],
      [0, 1, 2],
      [9],
    ]);
    story.elect(1, 1);
    expect(['leader', 'follower', 'follower 2', 'follower 3'].map(find)).toEqual([[1], [0], [2], undefined]);
    expect(['voters', 'learners'].map(find)).toEqual([[0, 1, 2], undefined]);
    story.world.names.set('old', [1]);
    expect(find('old')).toEqual([1]);
    expect(story.world.findAll(['leader', 'candidate', '0'].flatMap((text) => readServerWord(text) ?? []))).toEqual([
      1, 0,
    ]);
  });

  it('remembers who led before', () => {
    const story = new ScenarioStory(3).elect(1, 1);
    const find = finder(story);
    story.lab({ type: 'node-ended', target: 1, cause: 'crashed', reason: 'as asked' });
    expect(find('former leader')).toEqual([1]);
    expect(find('followers')).toEqual([0, 2]);
    story.elect(2, 2);
    expect([find('former leader'), find('leader')]).toEqual([[1], [2]]);
  });
});

it('reads ranges, and nothing else, as text', () => {
  const payload = new TextEncoder().encode('a');
  const value = { kind: 'index-range', entries: [{ index: 1, term: 1, kind: 'client', payload }], appliedIndex: 1 };
  expect(clientTexts(rangeOf({ state: 'answered', value }))).toEqual(['a']);
  for (const state of [undefined, { state: 'pending' } as const, { state: 'answered', value: null } as const])
    expect(clientTexts(rangeOf(state))).toBeUndefined();
});
