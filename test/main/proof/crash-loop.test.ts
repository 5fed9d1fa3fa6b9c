import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { CrashLoop } from '../../../main/proof/crash-loop.ts';
import { findFreePorts } from '../../support/ports.ts';

it(
  'real nodes that are killed while they write keep everything that was acknowledged',
  { timeout: 120_000 },
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'raft-crash-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const nodes = (await findFreePorts(3)).map((port, id) => [id, `127.0.0.1:${port}`] as const);
    // Seed 12 begins with single kills and has one of all nodes at once.
    const report = await new CrashLoop({ nodes, folder, kills: 7, outstanding: 4, seed: 12 }).run();
    expect(report.problems).toEqual([]);
    expect(report.acknowledged).toBeGreaterThan(report.kills);
    expect(report.entries).toBe(report.acknowledged + report.unknownThere);
  },
);
