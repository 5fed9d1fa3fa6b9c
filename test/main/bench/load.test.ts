import { expect, it } from 'vitest';
import { Load } from '../../../main/bench/load.ts';

it('keeps as many requests outstanding as asked, and counts each answer in the measured time', async () => {
  const waiting: (() => void)[] = [];
  let submitted = 0;
  const load = new Load({ outstanding: 3, payloadBytes: 5, warmMs: 0, measuredMs: 20 }, (payload, done) => {
    submitted += 1;
    expect(payload).toHaveLength(5);
    waiting.push(done);
    expect(waiting.length).toBeLessThanOrEqual(3);
    setImmediate(() => waiting.shift()?.());
  });
  const { commits, failures, p50Ms, p99Ms } = await load.run();
  expect(waiting).toEqual([]);
  expect(failures).toBe(0);
  // Those that were answered after the end are not counted.
  expect([commits, submitted - commits <= 3]).toEqual([expect.any(Number), true]);
  expect(p50Ms).toBeGreaterThan(0);
  expect(p99Ms).toBeGreaterThanOrEqual(p50Ms);
});

it('tells why requests failed, and gives up when nothing else comes', async () => {
  const options = { outstanding: 2, payloadBytes: 1, warmMs: 0, measuredMs: 600_000 };
  const load = new Load(options, (_payload, done) => setImmediate(() => done('No.')));
  expect(await load.run()).toMatchObject({ commits: 0, firstFailure: 'No.', p50Ms: Number.NaN });
});

it('does not count what is answered while it warms up', async () => {
  const load = new Load({ outstanding: 1, payloadBytes: 1, warmMs: 600_000, measuredMs: 1 }, (_payload, done) =>
    setImmediate(() => done('No.')),
  );
  expect(await load.run()).toMatchObject({ commits: 0, failures: 1_000 });
});
