import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { soakRealLab } from '../../../../main/proof/soak/soak-labs.ts';
import { workloadSchema } from '../../../../shared/workload.ts';

it('breaks no promise of real servers', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'raft-soak-test-'));
  const workload = workloadSchema.parse({ clients: 4, requestsPerSecond: 50 });
  const options = { nodes: 5, durationMs: 4_000, seed: 5, workload, pace: 0.3 };
  try {
    const report = await soakRealLab(options, folder);
    expect(report).toMatchObject({ violations: [], problems: [] });
    expect(Object.values(report.faults).some(({ done }) => done > 0)).toBe(true);
    expect(new Set(report.entries).size).toBe(1);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
