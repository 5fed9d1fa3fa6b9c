import { expect, it } from 'vitest';
import { labSourceId } from '../../../shared/ids.ts';
import { noChecks, projectChecks, violationsShownMax } from '../../../shared/projection/checks-view.ts';

const stamp = { node: labSourceId, boot: 1, sequence: 1, timeNs: 5, lamport: 1 };
const violation = {
  ...stamp,
  type: 'violation-found',
  promise: 'log-matching',
  sentence: 'Logs differ.',
  conflict: [],
} as const;

it('keeps the first violations and counts all of them', () => {
  let view = noChecks;
  for (let sequence = 1; sequence <= violationsShownMax + 5; sequence += 1)
    view = projectChecks(view, { ...violation, sequence });
  expect(view.violationCount).toBe(violationsShownMax + 5);
  expect(view.violations).toHaveLength(violationsShownMax);
  expect(view.violations[0]).toEqual({
    promise: 'log-matching',
    sentence: 'Logs differ.',
    conflict: [],
    timeNs: 5,
    sequence: 1,
  });
});

it('names each promise once of which nothing can be said any more', () => {
  const lost = { ...stamp, type: 'evidence-lost', promise: 'election-safety', reason: 'Events are missing.' } as const;
  const view = projectChecks(noChecks, lost);
  expect(view.evidenceLost).toEqual(['election-safety']);
  expect(projectChecks(view, lost)).toBe(view);
});
