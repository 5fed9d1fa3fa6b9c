import { describe, expect, it } from 'vitest';
import { ExpectationBook, expectationText } from '../../../main/scenario/expectation-book.ts';
import { scenarioOf, ScenarioStory } from '../../support/scenario-story.ts';

const ms = 1_000_000;

/** Without what every scenario expects. */
const expectationsOf = (text: string) =>
  (
    scenarioOf(`title: t\nsteps: [{ heal-all: null, as: a }, { heal-all: null, as: b }]\nexpect: ${text}`).variants[0]
      ?.expect ?? []
  ).filter((one) => one.kind !== 'never' || one.condition.kind !== 'violation');

/** A book over three servers; the steps begin at 0. */
class Reading {
  readonly story = new ScenarioStory(3);
  readonly book: ExpectationBook;
  #taken = 0;

  constructor(text: string) {
    this.book = new ExpectationBook(expectationsOf(text));
    this.#taken = this.story.story.events.length;
    this.book.open();
    this.book.begin(0);
  }

  /** What was told since is taken and looked at. */
  look(atMs: number): void {
    for (const event of this.story.story.events.slice(this.#taken)) this.book.take(event, this.story.world);
    this.#taken = this.story.story.events.length;
    this.book.look(this.story.world, atMs * ms);
  }

  step(name: string, atMs: number): void {
    this.book.onStep(name, this.story.world, atMs * ms);
  }

  askAll(atMs: number): void {
    this.book.askAll(this.story.world, atMs * ms);
  }

  outcomes(ended?: string): readonly string[] {
    return this.book.results(this.story.world, undefined, ended).map(({ outcome, reason }) => `${outcome}: ${reason}`);
  }
}

describe('never', () => {
  it('is broken for good by the first moment at which it holds, and says when', () => {
    const reading = new Reading('[{ never: leader elected }, { never: two leaders }]');
    reading.look(100);
    expect(reading.outcomes()).toEqual(['met: ', 'met: ']);
    reading.story.elect(0, 1);
    reading.look(1_500);
    reading.story.lab({ type: 'node-ended', target: 0, cause: 'crashed', reason: 'a test' });
    reading.look(2_000);
    const [broken, kept] = reading.outcomes();
    expect(broken).toMatch(/^failed: \+1\.500000 s after the steps began: node 0 leads in term 1/);
    expect(kept).toBe('met: ');
  });

  it('is not judged when the run ended before, unless it was broken by then', () => {
    const reading = new Reading('[{ never: leader elected }, { never: two leaders }]');
    reading.story.elect(0, 1);
    reading.look(1);
    expect(reading.outcomes('it was stopped')).toEqual([
      expect.stringMatching(/^failed/),
      'not-judged: it was stopped',
    ]);
  });

  it('counts from one step to another', () => {
    const reading = new Reading('[{ never: leader elected, from: a, to: b }]');
    reading.story.elect(0, 1);
    reading.look(1);
    reading.story.lab({ type: 'node-ended', target: 0, cause: 'crashed', reason: 'a test' });
    reading.step('a', 2);
    reading.look(3);
    reading.step('b', 4);
    reading.story.elect(1, 2);
    reading.look(5);
    expect(reading.outcomes()).toEqual(['met: ']);
    const within = new Reading('[{ never: leader elected, from: a, to: b }]');
    within.step('a', 1);
    within.story.elect(0, 1);
    within.step('b', 2);
    expect(within.outcomes()).toEqual([expect.stringMatching(/^failed/)]);
  });
});

describe('eventually', () => {
  it('is asked after the last step, and as long as it says', () => {
    const reading = new Reading(
      '[{ eventually: leader elected, within: 1 s }, { eventually: two leaders, within: 3 s }]',
    );
    reading.story.elect(0, 1);
    reading.look(10);
    expect(reading.book.openUntilNs).toBeUndefined();
    reading.story.lab({ type: 'node-ended', target: 0, cause: 'crashed', reason: 'a test' });
    // It held for a while: that is not the end.
    reading.askAll(5_000);
    expect(reading.book.openUntilNs).toBe(8_000 * ms);
    reading.story.elect(1, 2);
    reading.look(6_001);
    const [late, never] = reading.outcomes();
    expect(late).toMatch(/^failed: node 1 leads/);
    expect(never).toMatch(/^failed: /);
  });

  it('stays met once it came true', () => {
    const reading = new Reading('[{ eventually: leader elected, within: 1 s }]');
    reading.askAll(5_000);
    reading.story.elect(0, 1);
    reading.look(6_000);
    expect(reading.book.openUntilNs).toBeUndefined();
    reading.story.lab({ type: 'node-ended', target: 0, cause: 'crashed', reason: 'a test' });
    reading.look(6_001);
    expect(reading.outcomes()).toEqual(['met: ']);
    expect(reading.outcomes('it was stopped')).toEqual(['met: ']);
  });

  it('has to have come true by the step that it is bound to', () => {
    const reading = new Reading('[{ eventually: leader elected, to: b }, { eventually: new leader, from: a, to: b }]');
    reading.story.elect(0, 1);
    reading.look(1);
    reading.step('a', 2);
    reading.step('b', 3);
    reading.askAll(4);
    expect(reading.book.openUntilNs).toBeUndefined();
    expect(reading.outcomes()).toEqual(['met: ', expect.stringMatching(/^failed: /)]);
  });
});

describe('an expectation', () => {
  it.each([
    ['{ never: two leaders, from: a, to: b }', 'never: two leaders from a to b'],
    ['{ eventually: logs equal }', 'eventually: logs equal'],
    ['{ broken: [durability, monotonic] }', 'broken: durability or monotonic'],
    ['{ held: [durability, monotonic] }', 'held: durability, monotonic'],
    ['{ promise-void: "at most 1" }', 'promise void: <= 1'],
  ])('%s reads as %s', (text, words) => {
    expect(expectationsOf(`[${text}]`).map(expectationText)).toEqual([words]);
  });

  it('needs the checks only when it is about promises', () => {
    const needs = (text: string): boolean => new ExpectationBook(expectationsOf(text)).needsChecks;
    expect(needs('[{ never: two leaders }, { eventually: logs equal }]')).toBe(false);
    expect(needs('[{ held: [durability] }]')).toBe(true);
    expect(needs('[{ promise-void: 1 }]')).toBe(true);
  });
});
