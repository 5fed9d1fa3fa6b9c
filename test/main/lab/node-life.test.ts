import { expect, it } from 'vitest';
import { failedEnd, nodeBounds, powerlessEnd, stoppedEnd } from '../../../main/lab/node-life.ts';

it('names the ways in which a life ends', () => {
  expect([stoppedEnd.cause, powerlessEnd.cause, failedEnd('x').cause]).toEqual(['stopped', 'crashed', 'failed']);
  expect(failedEnd('x')).toEqual({ cause: 'failed', code: 'internal', reason: 'x' });
});

it('gives a start more time than an end', () => {
  expect(nodeBounds.startMs).toBeGreaterThan(nodeBounds.stopMs);
});
