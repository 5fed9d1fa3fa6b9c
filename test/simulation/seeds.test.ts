/**
 * A slice of the simulator's seeds: whole clusters under faults, every promise checked after every event. Many more run
 * from the command line: `raft-lab sim --seeds 1..1000`.
 */
import { describe, expect, it } from 'vitest';
import { convergenceBound } from '../../main/sim/calm-down.ts';
import { addRun, noTotals } from '../../main/sim/run-result.ts';
import { runSeed } from '../../main/sim/seed-job.ts';

const seeds = Array.from({ length: 40 }, (_, position) => position + 1);
const totals = noTotals();

describe('with all rules on', () => {
  it.each(seeds)('seed %i breaks no promise', { timeout: 60_000 }, (seed) => {
    const { result, shrunk } = runSeed(seed, { shrinkRunsMax: 60 });
    addRun(totals, result);
    expect(result.violations, shrunk?.join('\n')).toEqual([]);
    expect(result.simulatedNs).toBeGreaterThanOrEqual(60e9);
    expect(result.operations).toBeGreaterThanOrEqual(1_000);
    expect(result.convergence).toBeLessThan(convergenceBound);
  });

  it('has gone through the hard corners that a slice comes upon', () => {
    const corners = ['uncommitted-truncation', 'snapshot-installed', 'joint-phase', 'lease-served', 'session-repeat'];
    expect(corners.filter((corner) => (totals.corners[corner] ?? 0) === 0)).toEqual([]);
    expect(Object.values(totals.faults).filter((count) => count > 0).length).toBeGreaterThan(15);
  });
});
