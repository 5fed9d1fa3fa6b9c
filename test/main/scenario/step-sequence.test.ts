import { describe, expect, it } from 'vitest';
import { StepSequence } from '../../../main/scenario/step-sequence.ts';
import type { StepState } from '../../../main/scenario/step-run.ts';
import { HandSteps, stepsOf } from '../../support/hand-steps.ts';

const ms = 1_000_000;

function begun(list: string) {
  const hand = new HandSteps();
  const steps = new StepSequence(stepsOf(list), hand.surroundings);
  steps.open();
  steps.begin(0);
  const { port, story, told } = hand;
  return { port, story, told, steps, at: (nowMs: number): StepState => steps.advance(() => nowMs * ms) };
}

describe('StepSequence', () => {
  it('goes on as far as it can, and waits where a command is not answered', () => {
    const { at, port, steps, told } = begun('[{ name: { old: 0 } }, { crash-node: old }, { heal-all: null }]');
    expect(at(0)).toEqual({ kind: 'wait' });
    expect([steps.number, port.open]).toEqual([2, ['crash-node']]);
    port.answer('crash-node');
    expect(at(5)).toEqual({ kind: 'wait' });
    expect([steps.number, port.open]).toEqual([3, ['heal-all']]);
    port.answer('heal-all');
    expect(at(6)).toEqual({ kind: 'done' });
    expect(told.filter((text) => text.startsWith('due'))).toEqual([
      'due: old is node 0',
      'due: crash-node 0',
      'due: heal-all',
    ]);
  });

  it('counts `after` from the end of the step before, `at` from the beginning', () => {
    const { at, port } = begun('[{ crash-node: 0 }, { after: 10 ms }, { at: 40 ms }]');
    expect(at(0)).toEqual({ kind: 'wait' });
    port.answer('crash-node');
    expect(at(25)).toEqual({ kind: 'wait', untilNs: 35 * ms });
    expect(at(35)).toEqual({ kind: 'wait', untilNs: 40 * ms });
    expect(at(40)).toEqual({ kind: 'done' });
  });

  it('counts for a step from the beginning of the one before', () => {
    const { at, port, steps, story } = begun(
      '[{ heal-all: null }, { crash-node: 0 }, { expect: election, within: 1 s }]',
    );
    const elect = (): void => {
      steps.take(story.tell(1, { type: 'election-started', term: 1, votersNeeded: 2, reason: 'a test' }));
    };
    at(0);
    // Before the step before has begun: it counts for nobody.
    elect();
    port.answer('heal-all');
    at(1);
    port.answer('crash-node');
    expect(at(2)).toEqual({ kind: 'wait', untilNs: 1_002 * ms });
    const counted = begun('[{ crash-node: 0 }, { expect: election, within: 1 s }]');
    counted.at(0);
    counted.steps.take(counted.story.tell(1, { type: 'election-started', term: 1, votersNeeded: 2, reason: 'a test' }));
    counted.port.answer('crash-node');
    expect(counted.at(2)).toEqual({ kind: 'done' });
  });

  it('says which step failed, and goes no further', () => {
    const { at, port } = begun('[{ name: { old: 0 } }, { expect: leader elected, within: 1 s }, { heal-all: null }]');
    expect(at(0)).toEqual({ kind: 'wait', untilNs: 1_000 * ms });
    expect(at(1_000)).toEqual({
      kind: 'failed',
      reason: expect.stringMatching(/^step 2 \(line 2\) waited 1 s for “leader elected”: /) as string,
    });
    expect(port.open).toEqual([]);
  });
});
