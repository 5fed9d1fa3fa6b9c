import { expect, it } from 'vitest';
import { soakSimulatedLab } from '../../../../main/proof/soak/soak-labs.ts';
import type { SoakReport } from '../../../../main/proof/soak/soak-run.ts';
import { workloadSchema } from '../../../../shared/workload.ts';

function soak(seed: number): Promise<SoakReport> {
  const workload = workloadSchema.parse({ clients: 4, requestsPerSecond: 50 });
  return soakSimulatedLab({ nodes: 5, durationMs: 15_000, seed, workload, pace: 0.3 });
}

it('keeps every promise in trouble, and gives the same run for the same seed', async () => {
  const report = await soak(11);
  expect(report).toMatchObject({ violations: [], problems: [], evidenceLost: {} });
  expect(report.report?.verdicts.every(({ verdict }) => verdict === 'held')).toBe(true);
  expect(new Set(report.entries)).toEqual(new Set([report.operations.append.answered]));
  const done = Object.values(report.faults).filter((counts) => counts.done > 0);
  expect(done.length).toBeGreaterThan(8);
  expect(await soak(11)).toEqual(report);
});
