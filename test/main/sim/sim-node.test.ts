import { describe, expect, it } from 'vitest';
import type { ClientAnswer } from '../../../shared/client-request.ts';
import type { Result } from '../../../shared/result.ts';
import { makePayload } from '../../../main/sim/payload.ts';
import type { SimNode } from '../../../main/sim/sim-node.ts';
import { startWithLeader } from '../../support/sim-cluster.ts';

function append(node: SimNode, number: number): Result<ClientAnswer>[] {
  const results: Result<ClientAnswer>[] = [];
  const request = { kind: 'append', entries: [makePayload(number, 8)] } as const;
  node.request(`request ${number}`, request, 2_000, (result) => results.push(result));
  return results;
}

describe('SimNode', () => {
  it('runs the real host and core: takes an append on any node and applies it on all', () => {
    const { nodes, leader, follower, runFor } = startWithLeader();
    const answers = [append(leader, 1), append(follower, 2)];
    runFor(200);
    expect(answers.map(([answer]) => answer?.ok)).toEqual([true, true]);
    expect(new Set(nodes.map(({ state }) => state?.commitIndex)).size).toBe(1);
    expect(nodes[0]?.storage?.readEntries(1, 9, Infinity).length).toBeGreaterThanOrEqual(3);
  });

  it('loses its process but not what it had written, and says so to who waits', () => {
    const { leader, ends, runFor, events } = startWithLeader();
    const answer = append(leader, 1);
    leader.kill();
    expect(leader.isRunning).toBe(false);
    expect(answer).toMatchObject([{ ok: false, failure: { code: 'timed-out' } }]);
    expect(ends).toEqual([`${leader.id} crashed`]);
    expect(append(leader, 2)).toMatchObject([{ ok: false, failure: { code: 'not-running' } }]);
    leader.launch();
    runFor(500);
    expect(events.filter(({ type, node }) => type === 'node-started' && node === leader.id)).toHaveLength(2);
    expect(leader.state?.log.lastIndex).toBeGreaterThan(0);
  });

  it('stands still and goes on', () => {
    const { leader, runFor } = startWithLeader();
    leader.pause();
    expect(leader.isPaused).toBe(true);
    const answer = append(leader, 1);
    runFor(3_000);
    expect(answer).toEqual([]);
    expect(leader.state?.role.name).toBe('leader');
    leader.resume();
    runFor(1_000);
    expect(answer).toHaveLength(1);
    expect(leader.state?.role.name).toBe('follower');
  });

  it('has another folder after a wipe, and has forgotten everything', () => {
    const { follower, runFor } = startWithLeader();
    const before = follower.storageNumber;
    follower.wipe();
    expect(follower.storageNumber).not.toBe(before);
    expect(follower.lastState?.term).toBeGreaterThan(0);
    follower.launch();
    expect(follower.state?.term).toBe(0);
    runFor(1_000);
    expect(follower.state?.log.lastIndex).toBeGreaterThan(0);
  });

  it('dies of a failing disk, and starts again on a sound one', () => {
    const { leader, follower, ends, runFor } = startWithLeader();
    follower.setDiskFaults({ failing: { faultRule: 'test', at: 'write' } });
    append(leader, 1);
    runFor(200);
    expect(ends).toEqual([`${follower.id} failed`]);
    follower.setDiskFaults({});
    follower.launch();
    runFor(500);
    expect(follower.state?.commitIndex).toBe(leader.state?.commitIndex);
  });

  it.each(['upper', 'bytes'] as const)('keeps what was committed over power cuts of all (%s)', (level) => {
    const started = startWithLeader();
    const setting = { ...started.plan.setting, level };
    const { nodes, leader, administrator, runFor } = startWithLeader({ setting });
    const answer = append(leader, 1);
    runFor(100);
    expect(answer).toMatchObject([{ ok: true }]);
    for (const node of nodes) node.cutPower();
    runFor(500);
    for (const node of nodes) node.finishPowerCut();
    expect(nodes.map(({ isRunning }) => isRunning)).toEqual([false, false, false]);
    for (const node of nodes) node.launch();
    runFor(1_500);
    const index = answer[0]?.ok && answer[0].value.kind === 'append' ? answer[0].value.lastIndex : 0;
    expect(administrator.leader?.state?.commitIndex).toBeGreaterThanOrEqual(index);
  });

  it('goes by its own clock', () => {
    const { leader, follower, administrator, runFor } = startWithLeader();
    leader.setClockRate(-900_000);
    follower.jumpClock(1_000_000_000);
    runFor(2_000);
    // A leader whose clock hardly moves sends no heartbeats in time: another one is elected.
    expect(administrator.leader?.id).not.toBe(leader.id);
  });
});
