/**
 * Changes of membership at the worst moment.
 */
import type { NodeId } from '../../shared/ids.ts';
import type { Draws } from './draws.ts';
import type { Schedule } from './schedule.ts';

/** Changes that only their leader has: it is cut off just before it is asked for one. */
export function changeAndCutOff(schedule: Schedule): void {
  const { draws } = schedule;
  schedule.each(1_000, (atMs) => {
    schedule.at(atMs, { kind: 'isolate', node: 'leader', oneWay: draws.perMille(300), forMs: 800 });
    const change = draws.pick(['add', 'remove', 'learn'] as const);
    schedule.at(atMs + 1, {
      kind: 'change-membership',
      mode: 'joint',
      change,
      servers: [draws.integer(0, schedule.servers)],
    });
    for (let node = 0; node < schedule.servers; node++) schedule.at(atMs + 600, schedule.append(node));
  });
}

/**
 * The flaw in single-server changes that was found in 2015: two leaders change the same configuration.
 *
 * Four servers and a learner, 4. The leader makes the learner a voter while only the learner hears it. The others elect
 * one of them, which hears only one other as soon as it leads, and which is asked to remove the first leader. Then the
 * first leader is back among those that are left.
 */
export function changeTwice(schedule: Schedule, atMs: number): void {
  const { draws } = schedule;
  const [first = 0, ...others] = drawOrder(draws, [0, 1, 2, 3]);
  const change = (at: number, what: 'swap' | 'learn' | 'add' | 'remove', servers: readonly NodeId[]): void => {
    const mode = what === 'swap' ? 'joint' : 'single-server';
    schedule.at(at, { kind: 'change-membership', mode, change: what, servers });
  };
  change(atMs, 'swap', [0, 1, 2, 3]);
  change(atMs + 400, 'learn', [4]);
  for (const offset of [800, 1_100]) schedule.at(atMs + offset, { kind: 'transfer', to: first });
  const cutAtMs = atMs + 1_500;
  schedule.at(cutAtMs, { kind: 'partition', groups: [[first, 4], others], forMs: 700 });
  change(cutAtMs + 1, 'add', [4]);
  schedule.at(cutAtMs + 1, { kind: 'trap', on: 'elected', companions: others, delayMs: 0, cutMs: 3_000, forMs: 900 });
  for (let offset = 60; offset < 900; offset += 4) change(cutAtMs + offset, 'remove', [first]);
  for (let offset = 1_500; offset < 3_000; offset += 100) schedule.at(cutAtMs + offset, schedule.append(schedule.node));
}

function drawOrder(draws: Draws, ids: readonly NodeId[]): NodeId[] {
  const left = [...ids];
  return ids.flatMap(() => left.splice(draws.integer(0, left.length - 1), 1));
}
