import { describe, expect, it } from 'vitest';
import { configurationOf } from '../../../main/raft/state.ts';
import type { MembershipAct } from '../../../main/sim/plan.ts';
import { startWithLeader } from '../../support/sim-cluster.ts';

function start() {
  const cluster = startWithLeader({ spares: 1 });
  const change = (what: MembershipAct['change'], servers: number[], mode: MembershipAct['mode'] = 'joint'): void => {
    cluster.administrator.carryOut({ kind: 'change-membership', mode, change: what, servers });
    cluster.runFor(1_500);
  };
  const members = () => {
    const state = cluster.administrator.leader?.state;
    if (!state) return undefined;
    const { voters, learners } = configurationOf(state);
    const ids = (list: typeof voters): number[] => list.map(({ id }) => id).toSorted((one, other) => one - other);
    return { voters: ids(voters), learners: ids(learners) };
  };
  return { ...cluster, change, members };
}

describe('Administrator', () => {
  it('adds and removes servers, the leader too', () => {
    const { change, members, leader, nodes } = start();
    change('learn', [3]);
    expect(members()).toEqual({ voters: [0, 1, 2], learners: [3] });
    change('add', [3], 'single-server');
    expect(members()).toEqual({ voters: [0, 1, 2, 3], learners: [] });
    change('remove-leader', []);
    expect(members()?.voters).toEqual([0, 1, 2, 3].filter((id) => id !== leader.id));
    change('swap', [0, 1]);
    expect(members()).toEqual({ voters: [0, 1], learners: [] });
    expect(nodes.every(({ isRunning }) => isRunning)).toBe(true);
  });

  it('replaces a server that lost its folder', () => {
    const { change, members, follower, administrator, runFor } = start();
    follower.wipe();
    follower.launch();
    runFor(200);
    change('replace', []);
    expect(members()?.voters).toEqual([0, 1, 2]);
    const state = administrator.leader?.state;
    const found = state && configurationOf(state).voters.find(({ id }) => id === follower.id);
    expect(found?.storage).toBe(follower.storageNumber);
  });

  it('lets nobody lose a folder that a majority needs, and asks for no configuration that could not decide', () => {
    const { administrator, change, nodes, members } = start();
    const [first, second, third, spare] = nodes;
    if (!first || !second || !third || !spare) throw new Error('there are four servers');
    expect(nodes.map((node) => administrator.canLose(node))).toEqual([true, true, true, true]);
    second.wipe();
    second.launch();
    expect([first, second, third, spare].map((node) => administrator.canLose(node))).toEqual([
      false,
      true,
      false,
      true,
    ]);
    change('remove', [third.id]);
    expect(members()?.voters).toEqual([0, 1, 2]);
  });

  it('hands the office over, and asks nothing while nobody leads', () => {
    const { administrator, follower, nodes, desk, runFor } = start();
    administrator.carryOut({ kind: 'transfer', to: follower.id });
    runFor(500);
    expect(administrator.leader?.id).toBe(follower.id);
    for (const node of nodes) node.kill();
    const { sent } = desk;
    administrator.carryOut({ kind: 'set-retention', retainEntries: 5 });
    expect(desk.sent).toBe(sent);
  });
});
