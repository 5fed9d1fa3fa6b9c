import { expect, it } from 'vitest';
import { runOnSimulated } from '../../../../main/hosts/cli/scenario-doors.ts';
import { scenarioOf } from '../../../support/scenario-story.ts';

function run(text: string, stopAtOnce = false): ReturnType<typeof runOnSimulated> & { readonly events: number } {
  const { title, variants } = scenarioOf(text);
  const [variant] = variants;
  if (!variant) throw new Error('no variant');
  let events = 0;
  const finished = runOnSimulated({
    title,
    variant,
    seed: 1,
    onEvents: (told) => {
      events += told.length;
    },
    onBegin: (begun) => stopAtOnce && begun.stop('at once'),
  });
  return { ...finished, events };
}

it('runs a scenario to its end in virtual time, and tells its events', () => {
  const { result, spanNs, events } = run('title: One\nsteps:\n  - after: 9 min\n');
  expect(result).toMatchObject({ title: 'One', outcome: 'met' });
  expect(spanNs / 60e9).toBeCloseTo(9, 0);
  expect(events).toBeGreaterThan(1_000);
});

it('can be stopped from the beginning', () => {
  expect(run('title: One\nsteps: [{ after: 9 min }]\n', true).result).toMatchObject({
    outcome: 'not-judged',
    reason: 'at once',
  });
});
