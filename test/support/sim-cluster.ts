/** A simulated cluster without a plan: a test does things to it by hand. */
import type { LabEvent } from '../../shared/event.ts';
import { Administrator } from '../../main/sim/administrator.ts';
import { makePlan } from '../../main/sim/make-plan.ts';
import type { Act, Plan, Setting, TimedAct } from '../../main/sim/plan.ts';
import { RequestDesk } from '../../main/sim/request-desk.ts';
import { createCluster } from '../../main/sim/sim-cluster.ts';

const millisecond = 1_000_000;

/** A quick network and disk, and the paper's timings. */
export const calmSetting: Setting = {
  level: 'upper',
  timings: { electionTimeoutMinMs: 150, electionTimeoutMaxMs: 300, heartbeatIntervalMs: 50 },
  latency: { minNs: millisecond / 2, maxNs: millisecond, grainNs: 1 },
  flush: { minNs: millisecond / 10, maxNs: millisecond / 5 },
  tuning: {},
  snapshotEveryEntries: 10,
  sessionsMax: 100,
  rulesOff: [],
};

/** Acts by the time at which they happen, ms. */
export function timed(...acts: (readonly [atMs: number, act: Act])[]): TimedAct[] {
  return acts.map(([atMs, act]) => ({ atMs, act }));
}

export function calmPlan(changes: Partial<Plan> = {}): Plan {
  const plan = makePlan(1, { nodes: 3 });
  return { ...plan, servers: 3, spares: 0, durationMs: 5_000, setting: calmSetting, acts: [], ...changes };
}

export function startSimCluster(changes: Partial<Plan> = {}) {
  const plan = calmPlan(changes);
  const events: LabEvent[] = [];
  const ends: string[] = [];
  const cluster = createCluster(
    plan,
    (event) => events.push(event),
    (id, cause) => ends.push(`${id} ${cause}`),
  );
  const desk = new RequestDesk(cluster.world, cluster.lab);
  const administrator = new Administrator(desk, cluster.nodes);
  cluster.start();
  const runFor = (ms: number): void => cluster.world.runUntil(cluster.world.nowNs + ms * millisecond);
  return { ...cluster, plan, events, ends, desk, administrator, runFor };
}

/** The same, when someone leads and all have heard of it. */
export function startWithLeader(changes: Partial<Plan> = {}) {
  const cluster = startSimCluster(changes);
  for (let tries = 0; tries < 100 && !cluster.administrator.leader; tries++) cluster.runFor(50);
  cluster.runFor(100);
  const { leader } = cluster.administrator;
  if (!leader) throw new Error('nobody was elected');
  const follower = cluster.nodes.find((node) => node !== leader);
  if (!follower) throw new Error('there is no follower');
  return { ...cluster, leader, follower };
}
