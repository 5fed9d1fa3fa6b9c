import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { hasStrace, runUnderStrace } from '../../../main/proof/durability-run.ts';
import { findFreePorts } from '../../support/ports.ts';
import { skipAloud } from '../../support/skip-aloud.ts';

it(
  'no acknowledgement of a real node leaves before the fdatasync that covers it',
  { timeout: 120_000 },
  async (context) => {
    if (!hasStrace()) return skipAloud(context, 'strace is not installed here, or not allowed to trace');
    const folder = mkdtempSync(join(tmpdir(), 'raft-durability-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const nodes = (await findFreePorts(3)).map((port, id) => [id, `127.0.0.1:${port}`] as const);
    const report = await runUnderStrace({ nodes, folder, appends: 60, outstanding: 4 });
    expect(report.problems).toEqual([]);
    expect(report.acknowledgements).toBeGreaterThan(20);
    expect(report.votes).toBeGreaterThan(0);
    return undefined;
  },
);
