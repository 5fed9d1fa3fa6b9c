/**
 * Everything there is to check, in one command: `npm test`. Or some of it: `node scripts/check.mjs build e2e`.
 * A line per step; a failed step shows what it said. The last line is `N passed, N failed`: each test of vitest counts as one,
 * and so does each other step. Exit code 1 when anything failed, 2 for a step that doesn't exist.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureChromium, howToGetChromium } from './chromium.mjs';
import { runTool } from './run-command.mjs';
import { countTests, skippedAloud } from './vitest-counts.mjs';

/**
 * @typedef {{ passed: number, failed: number, note: string, output: string, remarks?: readonly string[] }} Outcome
 *
 * @typedef {object} Step
 * @property {string} name
 * @property {() => Promise<Outcome>} run
 * @property {readonly string[]} [needs] steps that must not have failed; otherwise it isn't run and counts as failed
 */

/**
 * A step that passes or fails as a whole.
 * @param {string} file
 * @param {readonly string[]} words
 * @returns {() => Promise<Outcome>}
 */
function tool(file, words) {
  return async () => {
    const { ok, output } = await runTool(file, words);
    return { passed: ok ? 1 : 0, failed: ok ? 0 : 1, note: ok ? 'ok' : 'FAILED', output };
  };
}

/**
 * A step that counts its tests.
 * @param {readonly string[]} projects of vitest.config.ts
 * @returns {() => Promise<Outcome>}
 */
function vitest(projects) {
  return async () => {
    const folder = mkdtempSync(join(tmpdir(), 'raft-lab-check-'));
    const reportFile = join(folder, 'report.json');
    const words = ['run', ...projects.flatMap((project) => ['--project', project]), '--silent=passed-only'];
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${reportFile}`];
    const { ok, output } = await runTool('node_modules/vitest/vitest.mjs', [...words, ...reporters]);
    const report = readReport(reportFile);
    const { passed, failed, skipped } = countTests(report, ok);
    rmSync(folder, { recursive: true, force: true });
    const note = `${passed} passed${failed > 0 ? `, ${failed} FAILED` : ''}${skipped > 0 ? `, ${skipped} skipped` : ''}`;
    return { passed, failed, note, output, remarks: skippedAloud(report) };
  };
}

/**
 * @param {string} file
 * @returns {import('./vitest-counts.mjs').Report | null}
 */
function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}

/** @returns {Promise<Outcome>} */
async function chromium() {
  try {
    const path = ensureChromium((line) => process.stdout.write(`${line}\n`));
    if (path !== null) return { passed: 1, failed: 0, note: path, output: '' };
    return { passed: 0, failed: 1, note: 'FAILED', output: howToGetChromium };
  } catch (error) {
    return { passed: 0, failed: 1, note: 'FAILED', output: error instanceof Error ? error.message : String(error) };
  }
}

/** The library of scenarios, and a slice of it that takes little time on real nodes. */
const scenarioFolder = 'resources/scenarios';
const scenarios = readdirSync(scenarioFolder).filter((name) => name.endsWith('.yaml'));
const onRealNodes = ['leader-crash', 'majority-partition', 'leadership-transfer', 'figure-8', 'grow-and-replace'];

/**
 * @param {readonly string[]} names of files
 * @param {readonly string[]} words
 * @returns {() => Promise<Outcome>}
 */
function runScenarios(names, words) {
  return tool('out/main/cli.mjs', ['run', ...names.map((name) => join(scenarioFolder, name)), ...words]);
}

/** @type {readonly Step[]} */
const steps = [
  { name: 'format', run: tool('node_modules/oxfmt/bin/oxfmt', ['--check']) },
  { name: 'lint', run: tool('node_modules/oxlint/bin/oxlint', ['--type-aware', '--deny-warnings']) },
  { name: 'types', run: tool('node_modules/vue-tsc/bin/vue-tsc.js', ['--build']) },
  { name: 'build', run: tool('node_modules/electron-vite/bin/electron-vite.js', ['build', '--logLevel', 'warn']) },
  { name: 'unit', run: vitest(['unit', 'isolated']) },
  { name: 'simulate', run: tool('out/main/cli.mjs', ['sim', '--seeds', '1..60']), needs: ['build'] },
  { name: 'scenarios', run: runScenarios(scenarios, ['--sim', '--times', '3']), needs: ['build'] },
  {
    name: 'on nodes',
    run: runScenarios(
      onRealNodes.map((name) => `${name}.yaml`),
      ['--real'],
    ),
    needs: ['build'],
  },
  { name: 'rules', run: tool('scripts/tool.mjs', ['rules']) },
  { name: 'chromium', run: chromium },
  { name: 'e2e', run: vitest(['e2e']), needs: ['build', 'chromium'] },
];

/**
 * @param {Step} step
 * @param {ReadonlySet<string>} failedSteps
 * @returns {Promise<Outcome>}
 */
async function runStep(step, failedSteps) {
  const missing = step.needs?.find((name) => failedSteps.has(name));
  if (missing !== undefined) return { passed: 0, failed: 1, note: `NOT RUN: ${missing} failed`, output: '' };
  return step.run();
}

/** @param {readonly Step[]} chosen */
async function check(chosen) {
  const total = { passed: 0, failed: 0 };
  /** @type {Set<string>} */
  const failedSteps = new Set();
  for (const step of chosen) {
    const startMs = performance.now();
    const outcome = await runStep(step, failedSteps);
    const seconds = ((performance.now() - startMs) / 1000).toFixed(1);
    process.stdout.write(`${step.name.padEnd(9)} ${seconds.padStart(6)} s  ${outcome.note}\n`);
    for (const remark of outcome.remarks ?? []) process.stdout.write(`${' '.repeat(20)}${remark}\n`);
    if (outcome.failed > 0) {
      failedSteps.add(step.name);
      if (outcome.output !== '') process.stdout.write(`\n${outcome.output}\n\n`);
    }
    total.passed += outcome.passed;
    total.failed += outcome.failed;
  }
  process.stdout.write(`${total.passed} passed, ${total.failed} failed\n`);
  process.exitCode = total.failed > 0 ? 1 : 0;
}

const names = process.argv.slice(2);
const unknown = names.filter((name) => !steps.some((step) => step.name === name));
if (unknown.length > 0) {
  process.stderr.write(
    `No such step: ${unknown.join(', ')}. There are: ${steps.map((step) => step.name).join(', ')}.\n`,
  );
  process.exitCode = 2;
} else {
  await check(names.length === 0 ? steps : steps.filter((step) => names.includes(step.name)));
}
