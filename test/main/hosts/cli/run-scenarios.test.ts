/** `raft-lab run`, built, as a process. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runCli } from '../../../support/cli-process.ts';
import { temporaryFolder } from '../../../support/lab-app.ts';

let folder: { path: string; remove(): Promise<void> };
beforeEach(async () => {
  folder = await temporaryFolder();
});
afterEach(() => folder.remove());

function write(name: string, text: string): string {
  const file = join(folder.path, name);
  writeFileSync(file, text);
  return file;
}

const good = 'title: Good\nsteps:\n  - when: leader elected\n  - append: one\n';
const bad = 'title: Bad\nsteps:\n  - expect: two leaders\n    within: 1 s\n';
const varied = `${good}variants:\n  three: {}\n  five: { cluster: { nodes: 5, seed: 40 } }\n`;

const linesOf = (output: string): readonly unknown[] =>
  output
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);

describe('raft-lab run --sim', () => {
  it('ends with 0 when everything went as expected', async () => {
    const file = write('good.yaml', good);
    const { exitCode, output, errors } = await runCli(['run', '--sim', file]);
    expect([exitCode, errors]).toEqual([0, '']);
    expect(output).toContain(`as expected: Good · ${file} · seed 1 · `);
    expect(output).toMatch(/\n1 of 1 runs as expected, in [\d.]+ s\n$/);
  });

  it('ends with 1 when one did not, says what and where, and runs the others all the same', async () => {
    const { exitCode, output } = await runCli(['run', '--sim', write('bad.yaml', bad), write('good.yaml', good)]);
    expect(exitCode).toBe(1);
    expect(output).toMatch(/^NOT AS EXPECTED: Bad .*\n {2}step 1 \(line 3\) waited 1 s for “two leaders”: /);
    expect(output).toContain('\nas expected: Good');
    expect(output).toContain('\n1 of 2 runs as expected');
  });

  it('gives each run, and all of them, as JSON: variants by turns, seeds counted up from the scenario’s own', async () => {
    const { exitCode, output } = await runCli(['run', '--sim', '--json', '--times', '2', write('v.yaml', varied)]);
    expect(exitCode).toBe(0);
    const lines = linesOf(output);
    expect(lines.slice(0, 4)).toMatchObject([
      { title: 'Good (three)', variant: 'three', lab: 'sim', seed: 1, outcome: 'met', reason: '' },
      { title: 'Good (five)', variant: 'five', seed: 40 },
      { variant: 'three', seed: 2 },
      { variant: 'five', seed: 41 },
    ]);
    expect(lines.slice(4)).toMatchObject([{ runs: 4, met: 4, failed: 0, not_judged: 0 }]);
  });

  it('runs one variant, with the seed that it is told, and tells its steps', async () => {
    const words = ['run', '--sim', '--json', '--verbose', '--variant', 'five', '--seed', '9'];
    const { exitCode, output, errors } = await runCli([...words, write('v.yaml', varied)]);
    expect(exitCode).toBe(0);
    expect(linesOf(output)).toMatchObject([{ variant: 'five', seed: 9 }, { runs: 1 }]);
    expect(errors).toMatch(/ step 1: saw leader elected\n/);
  });

  it('ends with 2 when a file can not be used, says where, and runs nothing', async () => {
    const wrong = write('wrong.yaml', 'title: t\nsteps:\n  - crash-nod: leader\n  - when: leder elected\n');
    const { exitCode, output, errors } = await runCli(['run', '--sim', write('good.yaml', good), wrong]);
    expect([exitCode, output]).toEqual([2, '']);
    expect(errors).toContain(`${wrong}:3:5: `);
    expect(errors).toContain(`${wrong}:4:11: `);
    expect(errors).toContain('crash-node');
    const missing = await runCli(['run', '--sim', join(folder.path, 'none.yaml')]);
    expect(missing).toMatchObject({ exitCode: 2, errors: expect.stringMatching(/none\.yaml can't be read: ENOENT/) });
    const variant = await runCli(['run', '--sim', '--variant', 'six', write('v.yaml', varied)]);
    expect(variant).toMatchObject({
      exitCode: 2,
      errors: expect.stringContaining('has no variant "six"; it has three, five'),
    });
    expect(await runCli(['run'])).toMatchObject({ exitCode: 2, errors: expect.stringContaining('needs a scenario') });
  });
});

describe('raft-lab run', () => {
  it('runs on real servers, and leaves their folders where it is told to', async () => {
    const file = write('good.yaml', good);
    const environment = { TMPDIR: folder.path };
    const { exitCode, output } = await runCli(['run', '--json', '--keep', file], { environment });
    expect(exitCode).toBe(0);
    const kept = expect.stringContaining(join(folder.path, 'raft-lab-run-')) as string;
    expect(linesOf(output)).toMatchObject([{ lab: 'real', outcome: 'met', folder: kept }, { met: 1 }]);
  });
});
