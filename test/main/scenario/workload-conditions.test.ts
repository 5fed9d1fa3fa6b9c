import { describe, expect, it } from 'vitest';
import { watch } from '../../../main/scenario/watch.ts';
import { World } from '../../../main/scenario/world.ts';
import type { EventBody } from '../../../shared/event.ts';
import { labSourceId } from '../../../shared/ids.ts';
import { workloadSchema } from '../../../shared/workload.ts';
import { conditionOf } from '../../support/scenario-story.ts';

const started: EventBody = { type: 'workload-started', workload: workloadSchema.parse({}) };
const noFigures = { spanNs: 1e9, answered: 0, failed: 0, unknown: 0, p50Ns: 0, p99Ns: 0 };
const stopped: EventBody = { type: 'workload-stopped', reason: 'a test', figures: noFigures };
const figuresOf = (some: Partial<typeof noFigures>): EventBody => ({
  type: 'workload-figures',
  figures: { ...noFigures, ...some },
});
const answer: EventBody = {
  type: 'request-answered',
  requestId: '1',
  target: 0,
  latencyNs: 1,
  outcome: { kind: 'appended', firstIndex: 1, lastIndex: 1, term: 1 },
};
const refusal: EventBody = {
  ...answer,
  outcome: { kind: 'failed', code: 'no-leader', outcomeKnown: true, message: 'a test' },
};

/** A condition over events at the times that they are given for, ms. */
function watching(words: string) {
  const watched = watch(conditionOf(words));
  const world = new World();
  let sequence = 0;
  return {
    at(ms: number, body: EventBody): void {
      sequence += 1;
      watched.take({ node: labSourceId, boot: 1, sequence, timeNs: ms * 1e6, lamport: sequence, ...body }, world);
    },
    holdsAt: (ms: number): boolean => watched.holds(world, ms * 1e6),
  };
}

describe('the figures of a workload', () => {
  it('are added up', () => {
    const words = ['workload answered > 10', 'workload failed 2', 'workload unknown = 1', 'workload failed at most 1'];
    const watches = words.map(watching);
    const held = (): readonly boolean[] => watches.map((one) => one.holdsAt(1));
    expect(held()).toEqual([false, false, false, true]);
    for (const one of watches) one.at(1, figuresOf({ answered: 6, failed: 1, unknown: 1 }));
    expect(held()).toEqual([false, false, true, true]);
    for (const one of watches) one.at(2, figuresOf({ answered: 5, failed: 1, unknown: 1 }));
    expect(held()).toEqual([true, true, false, false]);
  });
});

describe('the longest time without an answer', () => {
  it('counts from the start, or from the last answer, also while it lasts', () => {
    const silence = watching('longest time without an answer > 100 ms');
    expect(silence.holdsAt(5_000)).toBe(false);
    silence.at(5_000, started);
    expect(silence.holdsAt(5_100)).toBe(false);
    silence.at(5_090, answer);
    expect(silence.holdsAt(5_190)).toBe(false);
    silence.at(5_150, refusal);
    expect(silence.holdsAt(5_191)).toBe(true);
    silence.at(5_200, answer);
    expect(silence.holdsAt(5_201)).toBe(true);
  });

  it('counts no time in which no workload runs, and knows answers by the figures, too', () => {
    const silence = watching('longest time without an answer > 100 ms');
    silence.at(0, started);
    silence.at(60, figuresOf({ answered: 3 }));
    silence.at(120, figuresOf({ failed: 3 }));
    silence.at(150, stopped);
    silence.at(900, answer);
    expect(silence.holdsAt(10_000)).toBe(false);
    silence.at(10_000, started);
    expect(silence.holdsAt(10_100)).toBe(false);
    expect(silence.holdsAt(10_101)).toBe(true);
  });
});
