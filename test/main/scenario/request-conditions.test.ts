import { describe, expect, it } from 'vitest';
import type { RangeAnswer } from '../../../shared/client-request.ts';
import { fail, succeed } from '../../../shared/result.ts';
import { ScenarioStory } from '../../support/scenario-story.ts';

function range(...texts: readonly string[]): RangeAnswer {
  const payloads = texts.map((text) => new TextEncoder().encode(text));
  const client = payloads.map((payload, index) => ({ index: index + 2, term: 1, kind: 'client' as const, payload }));
  const noOp = { index: 1, term: 1, kind: 'noop' as const, payload: new Uint8Array() };
  return { kind: 'index-range', entries: [noOp, ...client], appliedIndex: texts.length + 1 };
}

describe('a request', () => {
  const states = ['pending', 'answered', 'failed', 'failed with conflict', 'unknown outcome'];
  const held = (story: ScenarioStory): readonly string[] =>
    states.filter((state) => story.holds(`request first ${state}`));

  it('is nothing before it was asked, then in one state', () => {
    const story = new ScenarioStory(1);
    expect(held(story)).toEqual([]);
    story.world.requests.set('first', { state: 'pending' });
    expect(held(story)).toEqual(['pending']);
    story.world.answer('first', succeed(null));
    expect(held(story)).toEqual(['answered']);
    story.world.answer('first', fail('conflict', 'a test'));
    expect(held(story)).toEqual(['failed', 'failed with conflict']);
    story.world.answer('first', fail('timed-out', 'a test'));
    expect(held(story)).toEqual(['failed', 'unknown outcome']);
    expect(story.holds('request second failed')).toBe(false);
  });
});

describe('a read', () => {
  it.each([
    ['first shows [one, two]', true],
    ['first shows [two, one]', false],
    ['first shows [one]', false],
    ['first shows [one, two, three]', false],
    ['first shows nothing', false],
    ['first contains [two]', true],
    ['first contains [two, three]', false],
    ['first lacks [three]', true],
    ['first lacks [two]', false],
    [{ read: 'first', contains: ['one'], lacks: ['two'] }, false],
    ['second lacks [one]', false],
  ])('%j: %s', (condition, expected) => {
    const story = new ScenarioStory(1);
    story.world.answer('first', succeed(range('one', 'two')));
    // An append shows nothing, and lacks nothing.
    story.world.answer('second', succeed({ kind: 'append', firstIndex: 1, lastIndex: 1, term: 1 }));
    expect(story.holds(condition)).toBe(expected);
  });

  it('shows nothing of an empty log', () => {
    const story = new ScenarioStory(1);
    expect(story.holds('first shows nothing')).toBe(false);
    story.world.answer('first', succeed(range()));
    expect(story.holds('first shows nothing')).toBe(true);
  });
});

describe('the entries of an append', () => {
  const held = (story: ScenarioStory): readonly string[] =>
    ['committed', 'lost'].filter((state) => story.holds(`entries of first ${state}`));

  it('are committed, or lost, by the log of the leader', () => {
    const story = new ScenarioStory(3).elect(0, 1);
    expect(held(story)).toEqual([]);
    story.world.answer('first', succeed({ kind: 'append', firstIndex: 1, lastIndex: 2, term: 1 }));
    expect(held(story)).toEqual(['lost']);
    story.tell(0, { type: 'entries-appended', firstIndex: 1, lastIndex: 2, term: 1, reason: 'a test' });
    expect(held(story)).toEqual([]);
    story.tell(0, { type: 'commit-advanced', from: 0, to: 2, term: 1, reason: 'a test' });
    expect(held(story)).toEqual(['committed']);
    // The next leader has another entry there.
    story.succeed(0, 1, 2);
    story.tell(1, { type: 'entries-appended', firstIndex: 1, lastIndex: 2, term: 2, reason: 'a test' });
    expect(held(story)).toEqual(['lost']);
    story.lab({ type: 'node-ended', target: 1, cause: 'crashed', reason: 'a test' });
    expect(held(story)).toEqual([]);
  });

  it('are neither when it failed, or was no append', () => {
    const story = new ScenarioStory(3).elect(0, 1);
    story.world.answer('first', fail('timed-out', 'a test'));
    expect(held(story)).toEqual([]);
    story.world.answer('first', succeed(null));
    expect(held(story)).toEqual([]);
  });
});
