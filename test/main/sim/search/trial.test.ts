import { describe, expect, it } from 'vitest';
import { SimLab } from '../../../../main/sim/lab/sim-lab.ts';
import { Trial, type TrialOrder } from '../../../../main/sim/search/trial.ts';
import type { LabEvent } from '../../../../shared/event.ts';

function run(seed: number, order: TrialOrder, stepsPerSlice = Infinity) {
  const lab = new SimLab({ seed });
  const events: LabEvent[] = [];
  lab.subscribe((some) => events.push(...some));
  const trial = new Trial(lab, seed, order);
  let steps = 0;
  const isLate = (): boolean => {
    steps += 1;
    return steps % stepsPerSlice === 0;
  };
  while (!trial.run(isLate));
  trial.end();
  return { lab, events, trial, found: trial.found };
}

const violation: TrialOrder = { looking: 'violation', nodes: 3, rulesOff: ['persist-before-reply'] };

describe('a trial', () => {
  it('finds the event, and stands right behind it', () => {
    const { found, events, lab } = run(1, violation);
    const event = events[found?.position ?? -1];
    expect(event).toMatchObject({ type: 'violation-found', sentence: found?.sentence, timeNs: found?.timeNs });
    expect(lab.nowNs()).toBe(found?.timeNs);
  });

  it('tells the same to the byte each time, in whatever slices', () => {
    const [whole, sliced] = [run(1, violation), run(1, violation, 7)];
    expect(sliced.found).toEqual(whole.found);
    expect(sliced.events.map((event) => JSON.stringify(event))).toEqual(
      whole.events.map((event) => JSON.stringify(event)),
    );
  });

  it('makes no more trouble once it has ended', () => {
    const { lab, events } = run(2, { looking: 'two-leaders', nodes: 3 });
    const faults = (): number => events.filter(({ type }) => type === 'node-fault' || type === 'link-cut').length;
    const before = faults();
    lab.advance(lab.nowNs() + 20e9);
    expect(faults()).toBe(before);
  });

  it('is over without it where an election was won at once', () => {
    const { found, lab, events } = run(1, { looking: 'split-vote', nodes: 1 });
    expect(found).toBeUndefined();
    expect(events.some(({ type }) => type === 'workload-started')).toBe(false);
    expect(lab.view.networkDelay).toEqual({ minMs: 15, maxMs: 30 });
  });

  it('says why its cluster does not start', () => {
    const timings = { electionTimeoutMinMs: 5, electionTimeoutMaxMs: 4, heartbeatIntervalMs: 1 };
    expect(run(1, { ...violation, timings }).trial.failure).toMatchObject({ code: 'invalid' });
  });
});
