import { describe, expect, it } from 'vitest';
import { countTests, skippedAloud } from '../../scripts/vitest-counts.mjs';

function file(
  status: string,
  ...results: readonly string[]
): { status: string; assertionResults: { status: string }[] } {
  return { status, assertionResults: results.map((result) => ({ status: result })) };
}

describe('what a vitest run came to', () => {
  it('counts each test', () => {
    const testResults = [file('passed', 'passed', 'passed'), file('failed', 'failed', 'passed', 'pending')];
    expect(countTests({ success: false, testResults }, false)).toEqual({ passed: 3, failed: 1, skipped: 1 });
  });

  it('counts a file that could not be loaded, or whose hook threw, as one failure', () => {
    const testResults = [file('failed'), file('failed', 'pending', 'pending'), file('passed', 'passed')];
    expect(countTests({ success: false, testResults }, false)).toEqual({ passed: 1, failed: 2, skipped: 2 });
  });

  it('never calls a run that failed a success', () => {
    const testResults = [file('passed', 'passed')];
    expect(countTests({ success: true, testResults }, true).failed).toBe(0);
    expect(countTests({ success: true, testResults }, false).failed).toBe(1);
    expect(countTests(null, true).failed).toBe(1);
    expect(countTests({ success: true, testResults: [] }, false).failed).toBe(1);
  });
});

it('a test that says why it can’t run here is heard', () => {
  const assertionResults = [
    { status: 'skipped', fullName: ' nodes far apart', meta: { whySkipped: 'no network here' } },
    { status: 'skipped', fullName: 'of another system', meta: {} },
    { status: 'passed' },
  ];
  const report = { success: true, testResults: [{ status: 'passed', assertionResults }] };
  expect(skippedAloud(report)).toEqual(['SKIPPED “nodes far apart”: no network here']);
  expect(skippedAloud(null)).toEqual([]);
});
