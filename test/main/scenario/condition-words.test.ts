import { describe, expect, it } from 'vitest';
import { conditionExamples, conditionFromWords } from '../../../main/scenario/condition-words.ts';
import { conditionOf } from '../../support/scenario-story.ts';

describe('conditionFromWords', () => {
  it.each([
    ['leader elected', { leader: 'elected' }],
    [
      'new leader in a term above 3 among 1, 2 other than old',
      { leader: 'new', 'in-term-above': 3, among: ['1', '2'], 'other-than': ['old'] },
    ],
    ['no leader', { leader: 'none' }],
    ['two leaders', { leaders: 2 }],
    ['logs equal at [0, 1]', { logs: 'equal', at: ['0', '1'] }],
    ['commit index is at least 5 at all', { 'commit-index': 'at least 5', at: 'all' }],
    ['commit index 5', { 'commit-index': '5' }],
    ['term > 2 at old', { term: '> 2', at: ['old'] }],
    ['request first failed with no-leader', { request: 'first', is: 'failed', code: 'no-leader' }],
    ['outcome of first unknown', { request: 'first', is: 'unknown' }],
    ['entries of first lost', { 'entries-of': 'first', are: 'lost' }],
    ['first shows [a, b]', { read: 'first', shows: ['a', 'b'] }],
    ['read first shows nothing', { read: 'first', shows: [] }],
    ['violation of durability', { violation: 'durability' }],
    ['leader changes', { 'leader-changes': 1 }],
    ['leader changes at most 2', { 'leader-changes': 'at most 2' }],
    ['elections = 0', { elections: '= 0' }],
    ['learner 3 promoted', { node: '3', is: 'a voter' }],
    ['workload answered more than 10', { 'workload-answered': 'more than 10' }],
    ['longest time without an answer < 2 s', { 'longest-silence': '< 2 s' }],
    ['the old one is the leader', { node: 'the old one', is: 'leader' }],
    ['not  two   leaders', { not: 'two leaders' }],
  ])('reads %j', (words, form) => {
    expect(conditionFromWords(words)).toEqual(form);
  });

  it('takes other words for no condition', () => {
    for (const words of ['', 'leader', 'node 1 is king', 'two followers'])
      expect(conditionFromWords(words)).toBeUndefined();
  });

  it('has an example of each form that can be read', () => {
    for (const example of conditionExamples) expect(conditionOf(example)).toMatchObject({ text: example });
  });
});
