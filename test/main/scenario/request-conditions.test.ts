import { beforeEach, describe, expect, it } from 'vitest';
import type { RangeAnswer } from '../../../shared/client-request.ts';
import { fail, succeed } from '../../../shared/result.ts';
import { ScenarioStory } from '../../support/scenario-story.ts';

const answer = (firstIndex: number, lastIndex: number, term: number): object => ({
  kind: 'append',
  firstIndex,
  lastIndex,
  term,
});

let story: ScenarioStory;
beforeEach(() => {
  story = new ScenarioStory(3).elect(0, 1);
  story.tell(0, { type: 'entries-appended', firstIndex: 1, lastIndex: 3, term: 1, reason: 'asked' });
});

describe('conditions about requests', () => {
  it('knows what became of one', () => {
    const states = (): boolean[] =>
      ['answered', 'pending', 'failed', 'failed with timed-out', 'unknown outcome'].map((is) =>
        story.holds(`request first ${is}`),
      );
    expect(states()).toEqual([false, false, false, false, false]);
    story.world.requests.set('first', { state: 'pending' });
    expect(states()).toEqual([false, true, false, false, false]);
    story.world.answer('first', succeed(null));
    expect(states()).toEqual([true, false, false, false, false]);
    story.world.answer('first', fail('timed-out', 'Late.'));
    expect(states()).toEqual([false, false, true, true, true]);
    story.world.answer('first', fail('no-leader', 'None.'));
    expect(states()).toEqual([false, false, true, false, false]);
  });

  it('follows the entries of an append in the log of whoever leads', () => {
    const fate = (): boolean[] => ['committed', 'lost'].map((are) => story.holds(`entries of first ${are}`));
    story.world.answer('first', succeed(answer(2, 3, 1)));
    expect(fate()).toEqual([false, false]);
    story.tell(0, { type: 'commit-advanced', from: 0, to: 3, term: 1, reason: 'a majority' });
    expect(fate()).toEqual([true, false]);
    // Another one leads, without them.
    story.lab({ type: 'node-ended', target: 0, cause: 'crashed', reason: 'as asked' });
    story.elect(1, 2);
    expect(fate()).toEqual([false, true]);
    story.world.answer('first', fail('timed-out', 'Late.'));
    expect(fate()).toEqual([false, false]);
  });

  it('reads what a read showed', () => {
    const entry = (index: number, text: string) =>
      ({ index, term: 1, kind: 'client', payload: new TextEncoder().encode(text) }) as const;
    const range: RangeAnswer = {
      kind: 'index-range',
      entries: [{ index: 1, term: 1, kind: 'noop', payload: new Uint8Array() }, entry(2, 'a'), entry(3, 'b')],
      appliedIndex: 3,
    };
    expect(story.holds('first shows [a, b]')).toBe(false);
    story.world.answer('first', succeed(range));
    expect(
      [
        'first shows [a, b]',
        'first shows [a]',
        'first shows nothing',
        'first contains [b]',
        'first lacks [c]',
        'first lacks [a]',
      ].map((words) => story.holds(words)),
    ).toEqual([true, false, false, true, true, false]);
    expect(story.holds({ read: 'first', contains: ['a'], lacks: ['c'] })).toBe(true);
  });
});
