import { expect, it } from 'vitest';
import { HostileRun } from '../../../../main/proof/hostile/hostile-run.ts';
import { runLiar } from '../../../../main/proof/hostile/liar-run.ts';

it('14,000 hostile datagrams change nothing in three servers, and are all accounted for; 6,000 lies are told apart', () => {
  const seed = Date.now() % 1_000_000;
  const run = new HostileRun(14_000, seed, 4);
  const report = run.run();
  expect(report.problems, `seed ${seed}`).toEqual([]);
  // What was meant to happen happened: nothing of this holds by chance.
  expect(Object.values(report.kinds).reduce((sum, count) => sum + count, 0)).toBe(14_000);
  expect(Object.keys(report.kinds)).toHaveLength(33);
  expect(Object.keys(report.refused).toSorted()).toEqual([
    'absurd',
    'cluster',
    'malformed',
    'misdirected',
    'not-ours',
    'replayed',
    'stale',
    'too-large',
    'unauthenticated',
    'unknown-sender',
    'version',
  ]);
  for (const kind of ['install-snapshot', 'forward-append', 'timeout-now', 'read-index', 'fragments-held', 'hello'])
    expect(report.captured[kind], kind).toBeGreaterThan(0);
  // A flood is told as counts.
  expect(report.toldAsCounts).toBeGreaterThan(5_000);
  const liar = runLiar(run.captures, 6_000, { random: seed });
  expect(liar.problems, `seed ${seed}`).toEqual([]);
  expect(liar.believed).toBeGreaterThan(100);
});
