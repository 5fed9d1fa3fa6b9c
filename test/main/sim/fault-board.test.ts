import { describe, expect, it } from 'vitest';
import { DriftLog } from '../../../main/check/drift-log.ts';
import { FaultBoard } from '../../../main/sim/fault-board.ts';
import { LinkRules } from '../../../main/sim/link-rules.ts';
import type { FaultAct } from '../../../main/sim/plan.ts';
import { startWithLeader } from '../../support/sim-cluster.ts';

function start() {
  const cluster = startWithLeader();
  const { world, lab, nodes, faults, administrator, plan } = cluster;
  const drift = new DriftLog(plan.setting.timings);
  const links = new LinkRules(faults, lab, [0, 1, 2]);
  const board = new FaultBoard({ world, lab, nodes, links, administrator, drift });
  return { ...cluster, drift, board };
}

describe('FaultBoard', () => {
  it.each(['crash', 'stop', 'power-cut', 'wipe'] as const)('ends a process by %s and starts another one', (kind) => {
    const { board, follower, runFor, ends } = start();
    board.carryOut({ kind, node: follower.id, forMs: 300 });
    expect(follower.isRunning).toBe(false);
    runFor(400);
    expect(follower.isRunning).toBe(true);
    expect(ends).toHaveLength(1);
    expect(board.counts).toEqual({ [kind]: 1 });
  });

  it('cuts the leader off, and it gives up', () => {
    const { board, leader, administrator, faults, runFor } = start();
    board.carryOut({ kind: 'isolate', node: 'leader', oneWay: false, forMs: 1_000 });
    expect(faults.rules).toHaveLength(4);
    runFor(900);
    expect(administrator.leader?.id).not.toBe(leader.id);
    runFor(200);
    expect(faults.rules).toEqual([]);
  });

  it('lets only groups hear each other, weather be everywhere, and a link have its own fault', () => {
    const { board, faults } = start();
    board.carryOut({ kind: 'partition', groups: [[0], [1, 2]], forMs: 100 });
    expect(faults.rules.map(({ link }) => `${link.from}${link.to}`).toSorted()).toEqual(['01', '02', '10', '20']);
    board.carryOut({ kind: 'weather', action: { kind: 'drop', percent: 5 }, forMs: 100 });
    expect(faults.rules).toHaveLength(10);
    const action = { kind: 'cut' } as const;
    board.carryOut({ kind: 'link', from: 1, to: 2, action, messageKinds: ['timeout-now'], forMs: 100 });
    board.carryOut({ kind: 'link', from: 1, to: 1, action, messageKinds: null, forMs: 100 });
    expect(faults.rules.slice(10)).toMatchObject([{ link: { from: 1, to: 2 }, messageKinds: ['timeout-now'] }]);
  });

  it('stops and starts time for a process, and knows when clocks ran out of bounds', () => {
    const { board, follower, drift, runFor } = start();
    board.carryOut({ kind: 'pause', node: follower.id, forMs: 200 });
    expect(follower.isPaused).toBe(true);
    board.carryOut({ kind: 'clock-rate', node: follower.id, partsPerMillion: 300_000, forMs: 100 });
    board.carryOut({ kind: 'clock-jump', node: follower.id, byMs: 50 });
    runFor(300);
    expect(follower.isPaused).toBe(false);
    expect(drift.spans).toHaveLength(2);
  });

  it('springs a trap once, for who commits as the leader, with one companion', () => {
    const { board, faults, leader } = start();
    const trap: FaultAct = { kind: 'trap', on: 'commits', companions: [1], delayMs: 0, cutMs: 100, forMs: 500 };
    board.carryOut(trap);
    const stamp = { node: leader.id, boot: 1, sequence: 1, timeNs: 1, lamport: 1 };
    const commit = { type: 'commit-advanced', from: 0, to: 1, term: 1, reason: 'test' } as const;
    board.observe({ ...stamp, ...commit });
    expect(faults.rules).toEqual([]);
    board.observe({ ...stamp, ...commit, rule: 'durable-quorum-commit' });
    board.observe({ ...stamp, ...commit, rule: 'durable-quorum-commit' });
    expect(faults.rules).toHaveLength(4);
  });

  it('ends everything at the end, and begins nothing afterwards', () => {
    const { board, nodes, faults, runFor, events } = start();
    board.carryOut({ kind: 'disk', node: 0, fault: 'stuck', byMs: 0, forMs: 10_000 });
    board.carryOut({ kind: 'pause', node: 1, forMs: 10_000 });
    board.carryOut({ kind: 'crash', node: 2, forMs: 10_000 });
    board.carryOut({ kind: 'weather', action: { kind: 'drop', percent: 100 }, forMs: 10_000 });
    runFor(500);
    board.end();
    board.carryOut({ kind: 'blackout', forMs: 100 });
    runFor(1_500);
    expect(faults.rules).toEqual([]);
    expect(nodes.map(({ isRunning, isPaused }) => isRunning && !isPaused)).toEqual([true, true, true]);
    expect(new Set(nodes.map(({ state }) => state?.commitIndex)).size).toBe(1);
    expect(events.some((event) => event.type === 'node-fault' && event.fault === 'healed')).toBe(true);
  });
});
