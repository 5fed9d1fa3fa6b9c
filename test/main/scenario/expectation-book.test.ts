import { describe, expect, it } from 'vitest';
import { ExpectationBook, expectationText } from '../../../main/scenario/expectation-book.ts';
import { succeed } from '../../../shared/result.ts';
import { scenarioOf, ScenarioStory } from '../../support/scenario-story.ts';

const ms = 1e6;
const report = succeed({
  verdicts: [],
  operations: { appends: 0, reads: 0, unknown: 0 },
  promiseVoid: 0,
  judgedUpToNs: 0,
});

/** A book that is open, and the story that it follows. */
class Book {
  readonly story = new ScenarioStory(3);
  readonly book: ExpectationBook;
  #taken = this.story.story.events.length;

  constructor(...expectations: string[]) {
    const list = expectations.map((one) => `  - ${one}`).join('\n');
    const steps = '  - { heal-all: null, as: cut }\n  - { heal-all: null, as: healed }';
    const [variant] = scenarioOf(`title: x\nsteps:\n${steps}\nexpect:\n${list}`).variants;
    this.book = new ExpectationBook(variant?.expect ?? []);
    this.book.open();
    this.book.begin(0);
  }

  /** What was told since. */
  take(nowMs = 1): this {
    const { events } = this.story.story;
    for (const event of events.slice(this.#taken)) this.book.take(event, this.story.world);
    this.#taken = events.length;
    this.book.look(this.story.world, nowMs * ms);
    return this;
  }

  step(name: string): this {
    this.book.onStep(name, this.story.world, 1);
    return this;
  }

  /** Without the one about violations. */
  outcomes(ended?: string): readonly string[] {
    return this.book
      .results(this.story.world, report, ended)
      .filter(({ text }) => text !== 'never: violation')
      .map(({ outcome }) => outcome);
  }
}

describe('ExpectationBook', () => {
  it('finds what must never be, and when it was', () => {
    const book = new Book('never: leader elected', 'never: two leaders');
    book.story.elect(0, 1);
    book.take(5);
    book.story.lab({ type: 'node-ended', target: 0, cause: 'crashed', reason: 'as asked' });
    book.take(6);
    expect(book.outcomes()).toEqual(['failed', 'met']);
    const [, first] = book.book.results(book.story.world, report, undefined);
    expect(first?.reason).toMatch(/^\+0\.005000 s after the steps began: node 0 leads in term 1; /);
  });

  it('asks only at the end for what must come true, and no longer than it says', () => {
    const book = new Book('eventually: no leader', '{ eventually: leader elected, within: 2 s }');
    book.take();
    expect(book.book.openUntilNs).toBeUndefined();
    book.story.elect(0, 1);
    book.take();
    book.book.askAll(book.story.world, 1_000 * ms);
    expect(book.book.openUntilNs).toBe(11_000 * ms);
    expect(book.outcomes()).toEqual(['failed', 'met']);
    book.story.lab({ type: 'node-ended', target: 0, cause: 'crashed', reason: 'as asked' });
    book.take(11_001);
    expect(book.outcomes()).toEqual(['failed', 'met']);
    book.take(10_000);
    expect(book.outcomes()).toEqual(['met', 'met']);
    expect(book.book.openUntilNs).toBeUndefined();
  });

  it('keeps to the steps that bound an expectation', () => {
    const book = new Book(
      '{ never: leader changes, from: cut, to: healed }',
      '{ eventually: leader changes, to: healed }',
      '{ never: leader changes, from: healed }',
    );
    book.story.elect(0, 1);
    book.take().step('cut').step('healed');
    book.story.elect(1, 2);
    book.take();
    expect(book.outcomes()).toEqual(['met', 'met', 'failed']);
  });

  it('judges nothing that was still open when a run ended early', () => {
    const book = new Book('never: two leaders', 'eventually: no leader', 'never: no leader').take();
    expect(book.outcomes('it was stopped')).toEqual(['not-judged', 'not-judged', 'failed']);
  });

  it('knows what only the checks can judge', () => {
    expect(new Book('eventually: no leader').book.needsChecks).toBe(true);
    expect(new ExpectationBook([]).needsChecks).toBe(false);
    const book = new Book('broken: durability');
    book.story.lab({ type: 'violation-found', promise: 'durability', sentence: 'Lost.', conflict: [] });
    expect(book.take().outcomes()).toEqual(['met']);
  });
});

it('reads expectations aloud', () => {
  const list =
    '[{ never: no leader, from: a, to: a }, { broken: [durability, monotonic] }, { held: durability }, { promise-void: 1 }]';
  const [variant] = scenarioOf(`title: x\nsteps: [{ heal-all: null, as: a }]\nexpect: ${list}`).variants;
  expect(variant?.expect.map(expectationText)).toEqual([
    'never: no leader from a to a',
    'broken: durability or monotonic',
    'held: durability',
    'promise void: >= 1',
  ]);
});
