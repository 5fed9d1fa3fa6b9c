/** Counts what a vitest run came to, from the report of its `json` reporter. */

/**
 * @typedef {{ passed: number, failed: number, skipped: number }} Counts
 * @typedef {{ status: string, fullName?: string, meta?: { whySkipped?: string } }} TestReport
 * @typedef {{ status: string, assertionResults: TestReport[] }} FileReport
 * @typedef {{ success: boolean, testResults: FileReport[] }} Report
 */

/**
 * A file that fails without a failed test (it can't be loaded, or a hook throws) counts as one failure, and so does a run that
 * fails without a failed file (an unhandled error, a missing report).
 * @param {Report | null} report null where the run left none
 * @param {boolean} ok whether vitest ended with exit code 0
 * @returns {Counts}
 */
export function countTests(report, ok) {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for (const file of report?.testResults ?? []) {
    const failedBefore = counts.failed;
    for (const { status } of file.assertionResults) {
      if (status === 'passed') counts.passed += 1;
      else if (status === 'failed') counts.failed += 1;
      else counts.skipped += 1;
    }
    if (file.status === 'failed' && counts.failed === failedBefore) counts.failed += 1;
  }
  if (counts.failed === 0 && (!ok || report === null)) counts.failed = 1;
  return counts;
}

/**
 * A line for each test that said why it can't run here (test/support/skip-aloud.ts).
 * @param {Report | null} report
 * @returns {string[]}
 */
export function skippedAloud(report) {
  const tests = (report?.testResults ?? []).flatMap((file) => file.assertionResults);
  return tests.flatMap(({ fullName, meta }) =>
    meta?.whySkipped === undefined ? [] : [`SKIPPED “${fullName?.trim() ?? ''}”: ${meta.whySkipped}`],
  );
}
