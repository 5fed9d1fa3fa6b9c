import { describe, expect, it } from 'vitest';
import { checkTimings } from '../../shared/cluster-config.ts';
import { describeCommandProblem } from '../../shared/command.ts';
import { timingPresetOf, timingPresets } from '../../shared/timing-presets.ts';

describe.each(timingPresets)('the preset $id', ({ id, timings, networkDelay }) => {
  it('can elect a leader and keep it', () => {
    expect(checkTimings(timings)).toBeUndefined();
  });

  it('leaves a vote the time to go there and back within the shortest election timeout', () => {
    expect(2 * (networkDelay?.maxMs ?? 0)).toBeLessThan(timings.electionTimeoutMinMs / 2);
  });

  it('starts a cluster as it is', () => {
    const command = { type: 'start-cluster', nodes: 3, timings, ...(networkDelay && { networkDelay }) };
    expect(describeCommandProblem(command)).toBeUndefined();
  });

  it('is found by its name', () => {
    expect(timingPresetOf(id).timings).toBe(timings);
  });
});
