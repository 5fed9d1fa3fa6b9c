import { describe, expect, it } from 'vitest';
import { StepRun, type StepState } from '../../../main/scenario/step-run.ts';
import { required } from '../../../shared/assert.ts';
import { HandSteps, stepsOf } from '../../support/hand-steps.ts';

const ms = 1_000_000;
const done = { kind: 'done' };

/** One step that begins at once; the steps began 100 ms before. */
function begun(step: string): HandSteps & { readonly at: (nowMs: number) => StepState; readonly run: StepRun } {
  const hand = new HandSteps();
  const run = new StepRun(required(stepsOf(`[${step}]`)[0], 'a step'), hand.surroundings);
  run.begin(0, 100 * ms);
  return Object.assign(hand, { run, at: (nowMs: number): StepState => run.advance(nowMs * ms) });
}

describe('when a step is due', () => {
  it.each([
    ['{ heal-all: null }', 100],
    ['{ after: 50 ms, heal-all: null }', 150],
    ['{ at: 170 ms, heal-all: null }', 170],
  ])('%s: at %i ms', (step, dueMs) => {
    const { at, told } = begun(step);
    expect(at(dueMs - 1)).toEqual({ kind: 'wait', untilNs: dueMs * ms });
    expect(told).toEqual([]);
    expect(at(dueMs)).toEqual({ kind: 'wait' });
    expect(told).toEqual(['due: heal-all', 'asks: heal-all']);
  });

  it('is now when its time is over', () => {
    const { at, port } = begun('{ at: 20 ms, heal-all: null }');
    expect([at(100), port.open]).toEqual([{ kind: 'wait' }, ['heal-all']]);
  });

  it('waits for a condition as long as it may', () => {
    const { at, story, told } = begun('{ when: leader elected, within: 1 s }');
    expect(at(100)).toEqual({ kind: 'wait', untilNs: 1_100 * ms });
    story.elect(0, 1);
    expect(at(1_000)).toEqual(done);
    expect(told).toEqual(['due: saw leader elected']);
    const late = begun('{ when: leader elected, within: 1 s, heal-all: null }');
    expect(late.at(1_100)).toEqual({
      kind: 'failed',
      reason: expect.stringMatching(/^waited 1 s for “leader elected”: .*node 0: follower/) as string,
    });
    expect(late.port.open).toEqual([]);
  });

  it('asks to be looked at again when its condition will have held for long enough', () => {
    const { at, run, story } = begun('{ when: leader elected, for: 200 ms, within: 1 s }');
    story.elect(0, 1);
    run.look(300 * ms);
    expect(at(300)).toEqual({ kind: 'wait', untilNs: 500 * ms });
    expect(at(499)).toEqual({ kind: 'wait', untilNs: 500 * ms });
    expect(at(500)).toEqual(done);
    const late = begun('{ when: leader elected, for: 200 ms, within: 1 s }');
    expect(late.at(1_100)).toMatchObject({ reason: expect.stringContaining('“leader elected” for 200 ms: ') });
  });
});

describe('a command', () => {
  it('is waited for, on every server that it is for', () => {
    const { at, port, told } = begun('{ crash-node: [0, 1] }');
    expect(at(100)).toEqual({ kind: 'wait' });
    expect(port.asked.map(({ command }) => command)).toEqual([
      { type: 'crash-node', node: 0 },
      { type: 'crash-node', node: 1 },
    ]);
    port.answer('crash-node');
    expect(at(100)).toEqual({ kind: 'wait' });
    port.answer('crash-node');
    expect(at(100)).toEqual(done);
    expect(told[0]).toBe('due: crash-node 0; crash-node 1');
    expect(told.slice(3)).toEqual(['answered: crash-node 0', 'wake', 'answered: crash-node 1', 'wake']);
  });

  it('with a name is not waited for, and is pending', () => {
    const { at, port, story } = begun('{ append: { node: 0, entries: [one] }, as: first }');
    expect(at(100)).toEqual(done);
    expect(port.open).toEqual(['append']);
    expect(story.world.requests.get('first')).toEqual({ state: 'pending' });
  });

  it('waits for the server that it is for', () => {
    const { at, story, port } = begun('{ crash-node: leader, within: 1 s }');
    expect(at(100)).toEqual({ kind: 'wait', untilNs: 1_100 * ms });
    story.elect(2, 1);
    expect(at(500)).toEqual({ kind: 'wait' });
    expect(port.asked[0]?.command).toEqual({ type: 'crash-node', node: 2 });
    const late = begun('{ crash-node: leader, within: 1 s }');
    expect([late.at(100).kind, late.at(1_100)]).toEqual([
      'wait',
      { kind: 'failed', reason: expect.stringMatching(/^waited 1 s for “leader”: /) as string },
    ]);
  });

  it('that makes no sense with the servers that it is for is not given', () => {
    const { at, story, port } = begun('{ partition: [[leader], [0]] }');
    story.elect(0, 1);
    expect(at(100)).toEqual({ kind: 'failed', reason: expect.stringMatching(/^partition \{0\} \{0\}: /) as string });
    expect(port.open).toEqual([]);
  });
});

describe('a name', () => {
  it('is given to the servers as they are at the moment', () => {
    const { at, story, told } = begun('{ name: { old: leader, pair: [leader, 2] } }');
    expect(at(100).kind).toBe('wait');
    story.elect(1, 1);
    expect(at(200)).toEqual(done);
    expect(told).toEqual(['due: old is node 1, pair is nodes 1, 2']);
    expect([...story.world.names]).toEqual([
      ['old', [1]],
      ['pair', [1, 2]],
    ]);
  });
});

describe('what a step expects', () => {
  it('is told once, met or not', () => {
    const met = begun('{ after: 10 ms, expect: leader elected, within: 1 s }');
    expect(met.at(110)).toEqual({ kind: 'wait', untilNs: 1_110 * ms });
    met.story.elect(0, 1);
    expect(met.at(200)).toEqual(done);
    expect(met.told).toEqual(['due: expects leader elected', 'expected: met']);
    const failed = begun('{ expect: leader elected, within: 1 s }');
    expect([failed.at(100).kind, failed.at(1_100).kind]).toEqual(['wait', 'failed']);
    expect(failed.told).toEqual([
      'due: expects leader elected',
      expect.stringMatching(/^expected: waited 1 s for “leader elected”: /),
    ]);
  });

  it('counts from when the step is made, not from when it is due', () => {
    const { at, run, story } = begun('{ after: 1 s, expect: election }');
    run.take(story.tell(0, { type: 'election-started', term: 1, votersNeeded: 2, reason: 'a test' }));
    expect(at(1_099).kind).toBe('wait');
    expect(at(1_100)).toEqual(done);
  });
});
