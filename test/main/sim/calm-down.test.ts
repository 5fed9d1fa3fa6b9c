import { expect, it } from 'vitest';
import { calmDown, convergenceBound } from '../../../main/sim/calm-down.ts';
import type { Acknowledged } from '../../../main/sim/clients.ts';
import { makePayload } from '../../../main/sim/payload.ts';
import { startWithLeader } from '../../support/sim-cluster.ts';

function start() {
  const cluster = startWithLeader();
  const calm = (acknowledged: readonly Acknowledged[] = []) =>
    calmDown({ ...cluster, timings: cluster.plan.setting.timings, acknowledged, mustStop: () => false });
  const append = (number: number): void => {
    const request = { kind: 'append', entries: [makePayload(number, 8)] } as const;
    cluster.desk.ask(cluster.leader, 1, request, 500, () => {});
  };
  return { ...cluster, calm, append };
}

it('finds a sound cluster in agreement, and reads its log', () => {
  const { calm, append, runFor } = start();
  append(7);
  runFor(100);
  const { problems, convergence, finalLog } = calm();
  expect(problems).toEqual([]);
  expect(convergence).toBeLessThan(1);
  expect(finalLog?.entries[0]).toMatchObject({ digest: 7, term: 1 });
  expect(finalLog?.entries).toHaveLength(4);
});

it('says what is missing when the bound is over', () => {
  const { calm, follower } = start();
  follower.kill();
  const { problems, convergence } = calm();
  expect(convergence).toBeCloseTo(convergenceBound, 1);
  expect(problems).toMatchObject([{ promise: 'converges' }]);
  expect(problems[0]?.sentence).toContain(`server ${follower.id} does not agree`);
});

it('misses an entry that was acknowledged and is not there', () => {
  const { calm } = start();
  const { problems } = calm([{ firstIndex: 1, term: 1, numbers: [99] }]);
  expect(problems).toMatchObject([{ promise: 'acknowledged-kept' }]);
});
