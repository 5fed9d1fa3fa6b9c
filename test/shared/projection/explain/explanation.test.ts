import { describe, expect, it } from 'vitest';
import { isEvidence, partsOf, rulesIn, type Evidence } from '../../../../shared/projection/explain/explanation.ts';
import { EventStory } from '../../../support/event-story.ts';

describe('a sentence', () => {
  it('is cut at its rules', () => {
    const sentence = 'It is of term 2 [§5.4.2 own-term-commit]. Nobody votes [D§3.8 no-amnesia]';
    expect(partsOf(sentence)).toEqual([
      { kind: 'words', words: 'It is of term 2' },
      { kind: 'rule', rule: 'own-term-commit' },
      { kind: 'words', words: '. Nobody votes' },
      { kind: 'rule', rule: 'no-amnesia' },
    ]);
    expect(rulesIn(`${sentence} ${sentence}`)).toEqual(['own-term-commit', 'no-amnesia']);
    expect(partsOf('no rule [at all]')).toEqual([{ kind: 'words', words: 'no rule [at all]' }]);
    expect(partsOf('[§1 no-such-rule]')).toEqual([{ kind: 'words', words: 'no-such-rule' }]);
  });
});

describe('an event is evidence', () => {
  const story = new EventStory();
  const appended = story.tell(1, { type: 'entries-appended', firstIndex: 4, lastIndex: 6, term: 2, reason: '' });
  const cut = story.lab({ type: 'link-cut', link: { from: 0, to: 1 }, faultRule: 'cut 0→1' });
  const asks = (question: Partial<Evidence>): Evidence => ({
    words: '',
    node: 1,
    types: ['entries-appended'],
    ...question,
  });

  it('by who reported it, and its type', () => {
    expect(isEvidence(asks({}), appended)).toBe(true);
    expect(isEvidence(asks({ node: 2 }), appended)).toBe(false);
    expect(isEvidence(asks({ types: ['entries-truncated'] }), appended)).toBe(false);
  });

  it('by the fields that are named, also of plain data', () => {
    expect(isEvidence(asks({ where: { term: 2 } }), appended)).toBe(true);
    expect(isEvidence(asks({ where: { term: 3 } }), appended)).toBe(false);
    const link = asks({ node: -1, types: ['link-cut'], where: { link: { from: 0, to: 1 } } });
    expect(isEvidence(link, cut)).toBe(true);
    expect(isEvidence({ ...link, where: { link: { from: 1, to: 0 } } }, cut)).toBe(false);
  });

  it('by the entry that it is about', () => {
    expect([3, 4, 6, 7].map((index) => isEvidence(asks({ index }), appended))).toEqual([false, true, true, false]);
    const tell = [
      story.tell(1, { type: 'entries-truncated', fromIndex: 4, lastIndex: 6, reason: '', rule: 'stale-term' }),
      story.tell(1, { type: 'commit-advanced', from: 3, to: 6, term: 2, reason: '' }),
      story.tell(1, { type: 'entries-applied', from: 4, to: 6, digest: 0 }),
    ];
    for (const event of tell) {
      const fits = [3, 4, 6, 7].map((index) => isEvidence(asks({ types: [event.type], index }), event));
      expect(fits).toEqual([false, true, true, false]);
    }
    const held = story.tell(1, { type: 'commit-held', index: 6, term: 2, reason: '', rule: 'own-term-commit' });
    expect([6, 7].map((index) => isEvidence(asks({ types: ['commit-held'], index }), held))).toEqual([true, false]);
  });
});
