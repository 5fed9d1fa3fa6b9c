/** `raft-lab sim` as it is built: threads, exit codes, what stands on standard output. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { runCli } from '../support/cli-process.ts';

const folder = mkdtempSync(join(tmpdir(), 'raft-lab-sim-'));
afterAll(() => rmSync(folder, { recursive: true }));

interface Line {
  readonly seeds: number;
  readonly violations: number;
  readonly simulated_s: number;
  readonly messages: number;
  readonly operations: number;
  readonly faults: Readonly<Record<string, number>>;
  readonly corners: Readonly<Record<string, number>>;
  readonly wall_s: number;
}

function lastLine(output: string): Line & Record<string, unknown> {
  return JSON.parse(output.trim().split('\n').at(-1) ?? '') as Line & Record<string, unknown>;
}

describe('raft-lab sim', { timeout: 60_000 }, () => {
  it('runs seeds over threads, finds nothing, and says what it went through', async () => {
    const { exitCode, output, errors } = await runCli(['sim', '--seeds', '1..4', '--json']);
    expect([exitCode, errors]).toEqual([0, '']);
    expect(output.trim().split('\n')).toHaveLength(1);
    const line = lastLine(output);
    expect(line).toMatchObject({ seeds: 4, violations: 0 });
    expect(line.simulated_s).toBeGreaterThanOrEqual(240);
    expect(line.operations).toBeGreaterThanOrEqual(4_000);
    expect(Object.keys(line.faults).length).toBeGreaterThan(5);
  });

  it('comes to the same sums, however the seeds are split', async () => {
    const sums = async (words: readonly string[]): Promise<number[]> => {
      const { output } = await runCli(['sim', '--seeds', '1..4', '--json', ...words]);
      const { seeds, messages, operations, corners } = lastLine(output);
      return [seeds, messages, operations, corners['vote-refused'] ?? 0];
    };
    const [whole, first, second] = await Promise.all([sums([]), sums(['--shard', '1/2']), sums(['--shard', '2/2'])]);
    expect(first?.map((sum, place) => sum + (second?.[place] ?? 0))).toEqual(whole);
  });

  it('stops at the first seed that shows what a rule prevents', async () => {
    const { exitCode, output } = await runCli(['sim', '--rule-off', 'client-dedupe', '--json']);
    expect(exitCode).toBe(1);
    expect(lastLine(output)).toMatchObject({ rule: 'client-dedupe', promise: 'exactly-once', seed: 1, tried: 1 });
  });

  it('prints for people the smallest run that fails alike, and the line that repeats it', async () => {
    const { exitCode, output } = await runCli(['sim', '--seeds', '1', '--rule-off', 'check-quorum']);
    expect(exitCode).toBe(1);
    expect(output).toContain('seed 1: gives-up is broken after');
    expect(output).toContain('again: raft-lab sim --seeds 1 --rule-off check-quorum');
    expect(output).toMatch(/whoever leads is to give up its office/);
  });

  it('writes the same events twice', async () => {
    const files = ['one', 'two'].map((name) => join(folder, name));
    for (const file of files) {
      const words = ['sim', '--seeds', '3', '--json', '--events', file];
      expect(await runCli(words)).toMatchObject({ exitCode: 0 });
    }
    const [one, two] = files.map((file) => readFileSync(file, 'utf8'));
    expect(one?.split('\n').length).toBeGreaterThan(1_000);
    expect(JSON.parse(one?.split('\n')[0] ?? '')).toMatchObject({ type: 'cluster-started' });
    expect(one === two).toBe(true);
  });

  it('says what is wrong with arguments and files that it can’t use', async () => {
    const hint = 'Try: raft-lab --help\n';
    const seeds = `raft-lab: --seeds must be a number or a range like 1..1000, up to 2147483647, not "x".\n${hint}`;
    expect(await runCli(['sim', '--seeds', 'x'])).toEqual({ exitCode: 2, output: '', errors: seeds });
    const { exitCode, errors } = await runCli(['sim', '--seeds', '1', '--events', join(folder, 'no', 'such', 'place')]);
    expect(exitCode).toBe(2);
    expect(errors).toContain("can't be written");
  });
});
