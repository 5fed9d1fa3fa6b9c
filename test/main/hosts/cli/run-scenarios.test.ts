/** `raft-lab run`, built, with files as people write them. */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli, startCli } from '../../../support/cli-process.ts';
import { until } from '../../../support/until.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'raft-lab-test-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function fileOf(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const good = 'title: Good\nsteps:\n  - expect: new leader\n';
const bad = 'title: Bad\nsteps:\n  - expect: two leaders\n    within: 1 s\n';
const two = `${good}variants: { small: { cluster: { nodes: 1 } }, large: { cluster: { nodes: 5 } } }\n`;

const objects = (output: string): readonly Record<string, unknown>[] =>
  output
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

describe('raft-lab run', () => {
  it('ends with 0 when everything went as expected, once for each variant, time and file', async () => {
    const files = [fileOf('good.yaml', good), fileOf('two.yaml', two)];
    const { exitCode, output } = await runCli(['run', ...files, '--sim', '--times', '2', '--seed', '7', '--json']);
    const lines = objects(output);
    expect(
      lines.slice(0, -1).map(({ file, variant, lab, seed, outcome }) => [file, variant, lab, seed, outcome]),
    ).toEqual([
      [files[0], '', 'sim', 7, 'met'],
      [files[0], '', 'sim', 8, 'met'],
      [files[1], 'small', 'sim', 7, 'met'],
      [files[1], 'large', 'sim', 7, 'met'],
      [files[1], 'small', 'sim', 8, 'met'],
      [files[1], 'large', 'sim', 8, 'met'],
    ]);
    expect(lines.at(-1)).toMatchObject({ runs: 6, met: 6, failed: 0, not_judged: 0 });
    expect(exitCode).toBe(0);
  });

  it('repeats a simulated run from its seed', async () => {
    const seconds = async (seed: string): Promise<unknown> => {
      const { output } = await runCli(['run', fileOf('again.yaml', good), '--sim', '--seed', seed, '--json']);
      return objects(output)[0]?.['seconds'];
    };
    const [first, second, other] = [await seconds('1'), await seconds('1'), await seconds('2')];
    expect(first).toBe(second);
    expect(other).not.toBe(first);
  });

  it('ends with 1 when something did not, and says what', async () => {
    const files = [fileOf('bad.yaml', bad), fileOf('good.yaml', good)];
    const { exitCode, output } = await runCli(['run', ...files, '--sim']);
    expect(output).toMatch(/^NOT AS EXPECTED: Bad .*\n {2}step 1 \(line 3\) waited 1 s for “two leaders”/);
    expect(output).toMatch(/1 of 2 runs as expected, in [\d.]+ s\n$/);
    expect(exitCode).toBe(1);
  });

  it('ends with 2 when a file can not be run as written, before anything is run', async () => {
    const files = [fileOf('good.yaml', good), fileOf('wrong.yaml', 'title: x\nstpes: []\n'), join(folder, 'none.yaml')];
    const { exitCode, output, errors } = await runCli(['run', ...files, '--sim']);
    expect(output).toBe('');
    expect(errors).toContain(`${files[1]}:2:1: unknown key "stpes"; did you mean "steps"?\n`);
    expect(errors).toMatch(/none\.yaml can't be read: ENOENT/);
    expect(exitCode).toBe(2);
  });

  it('runs one variant, and says which there are', async () => {
    const file = fileOf('two.yaml', two);
    const { exitCode, output } = await runCli(['run', file, '--sim', '--variant', 'large', '--json']);
    expect([exitCode, objects(output).length]).toEqual([0, 2]);
    const none = await runCli(['run', file, '--sim', '--variant', 'huge']);
    expect(none).toMatchObject({ exitCode: 2, output: '' });
    expect(none.errors).toContain('has no variant "huge"; it has small, large');
  });

  it('runs on real servers, tells what happens, and leaves their folders when it is asked to', async () => {
    const file = fileOf('good.yaml', good);
    const { exitCode, output, errors } = await runCli(['run', file, '--real', '--keep', '--json', '--verbose']);
    expect(exitCode).toBe(0);
    const [run] = objects(output);
    expect(run).toMatchObject({ lab: 'real', outcome: 'met', folder: expect.any(String) });
    const kept = String(run?.['folder']);
    expect(readdirSync(kept)).toEqual(['cluster-3']);
    rmSync(kept, { recursive: true });
    expect(errors).toMatch(/step 1: expects new leader/);
    expect(errors).toMatch(/node \d +info/);
  });

  it('ends the run when it is asked to stop, and judges nothing', async () => {
    const file = fileOf('long.yaml', 'title: Long\nsteps:\n  - after: 5 min\n');
    const { child, exited, output } = startCli(['run', file, '--verbose']);
    await until(() => output().includes('CLUSTER STARTED'), 'the cluster');
    child.kill('SIGINT');
    expect(await exited).toBe(1);
    expect(output()).toMatch(/NOT JUDGED: Long .*\n {2}it was stopped by a signal/);
  });
});
