import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { Library } from '../../../../main/proof/hostile/socket-report.ts';
import { SocketRun } from '../../../../main/proof/hostile/socket-run.ts';
import { builtFile } from '../../../support/built-file.ts';
import { findFreePorts } from '../../../support/ports.ts';

it('2,000 hostile datagrams over real sockets are refused, counted, and in nobody’s way', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'raft-hostile-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const library = (await import(builtFile('library.mjs').href)) as Library;
  const report = await new SocketRun({ library, folder, ports: await findFreePorts(3), count: 2_000, seed: 3 }).run();
  expect(report.problems).toEqual([]);
  expect(report.appends).toBe(9);
  expect(report.toldAsCounts).toBeGreaterThan(200);
  for (const why of ['unauthenticated', 'stale', 'replayed', 'cluster', 'misdirected'])
    expect(report.refused[why], why).toBeGreaterThan(20);
});
