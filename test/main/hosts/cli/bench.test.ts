import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { describeLine } from '../../../../main/hosts/cli/bench.ts';
import { runCli } from '../../../support/cli-process.ts';
import { temporaryFolder } from '../../disk/disk-fixture.ts';

it('measures a real cluster, from outside and from inside', async () => {
  for (const client of ['outside', 'inside']) {
    const words = ['bench', '--outstanding', '4', '--seconds', '1', '--warm', '0', '--client', client, '--json'];
    const { exitCode, output } = await runCli([...words, '--data', temporaryFolder()]);
    expect(exitCode).toBe(0);
    const lines = output.trim().split('\n');
    expect(lines).toHaveLength(1);
    const line = JSON.parse(lines[0] ?? '') as Record<string, number>;
    expect(line).toMatchObject({ concurrency: 4, durable: true, payload_bytes: 64, errors: 0 });
    expect(line['commits_per_s']).toBeGreaterThan(0);
    expect(line['p99_ms']).toBeGreaterThanOrEqual(line['p50_ms'] ?? Infinity);
  }
});

it('starts a cluster for each level, and leaves nothing in the folder', async () => {
  const data = temporaryFolder();
  const words = ['bench', '--nodes', '1', '--outstanding', '1,8', '--payload', '5', '--seconds', '1', '--warm', '0'];
  const { exitCode, output } = await runCli([...words, '--json', '--data', data]);
  expect(exitCode).toBe(0);
  const lines = output
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as object);
  const level = { nodes: 1, payload_bytes: 5, errors: 0 };
  expect(lines).toMatchObject([
    { ...level, concurrency: 1 },
    { ...level, concurrency: 8 },
  ]);
  expect(readdirSync(data)).toEqual([]);
});

it('says why it can not measure', async () => {
  const data = join(temporaryFolder(), 'gone');
  const { exitCode, output, errors } = await runCli(['bench', '--data', data]);
  expect([exitCode, output]).toEqual([2, '']);
  expect(errors).toMatch(/^raft-lab: bench: .*gone/);
});

it('says what it found to a person', () => {
  expect(
    describeLine({
      peer: 'raft-lab',
      concurrency: 64,
      commits_per_s: 81_234,
      p50_ms: 0.7,
      p99_ms: 2.1,
      payload_bytes: 64,
      nodes: 3,
      errors: 0,
    }),
  ).toBe('3 nodes, 64 bytes, 64 outstanding: 81,234 commits/s, p50 0.7 ms, p99 2.1 ms');
  expect(describeLine({ what: 'a log', memory_mb_per_node: [1, 2] })).toBe('what: a log · memory mb per node: 1,2');
});
