/** Changes of membership, transfers, retention and rules, on real nodes: threads, UDP and disk. */
import { afterEach, describe, expect, it } from 'vitest';
import type { RuleId } from '../../../../shared/rules.ts';
import { failureOf, RealLabs, valueOf, type RealLab } from '../../../support/real-lab.ts';

const labs = new RealLabs();

afterEach(() => labs.closeAll());

const votersOf = (real: RealLab, id: number): number[] | undefined =>
  real.lab.snapshot().view.nodes[id]?.configuration?.configuration.voters.map((server) => server.id);

describe('a command for the leader', () => {
  it('finds it, whoever that is', async () => {
    const real = await labs.start(3);
    const leader = await real.leader();
    const to = (leader + 1) % 3;
    expect(valueOf(await real.lab.execute({ type: 'set-retention', retainEntries: 100 }))).toMatchObject({
      kind: 'set-retention',
    });
    expect(valueOf(await real.lab.execute({ type: 'transfer-leadership', to }))).toEqual({
      kind: 'transfer-leadership',
      index: 0,
    });
    expect(await real.leader(leader)).toBe(to);
    const done = valueOf(await real.lab.execute({ type: 'set-retention', retainEntries: 0 }));
    expect(done.index).toBeGreaterThan(1);
  });

  it('changes who votes, and binds a server that comes back to the folder that it has', async () => {
    const real = await labs.start(3);
    const leader = await real.leader();
    const gone = (leader + 1) % 3;
    // A leader changes nothing before it has committed an entry of its own term, and an append waits for that.
    valueOf(await real.lab.execute({ type: 'append', node: leader, entries: ['first'] }));
    const left = [0, 1, 2].filter((id) => id !== gone);
    valueOf(await real.lab.execute({ type: 'change-membership', voters: left, learners: [] }));
    await expect.poll(() => votersOf(real, leader)).toEqual(left);
    const all = [...left, gone];
    valueOf(await real.lab.execute({ type: 'change-membership', mode: 'single-server', voters: all, learners: [] }));
    await expect.poll(() => votersOf(real, leader)).toEqual(all);
    const { configuration, storage } = real.lab.snapshot().view.nodes[leader] ?? {};
    expect(storage).toBeGreaterThan(0);
    const back = configuration?.configuration.voters.find(({ id }) => id === gone);
    expect(back?.storage).toBe(real.lab.snapshot().view.nodes[gone]?.storage);
  });

  it('speaks of nodes of this cluster only', async () => {
    const real = await labs.start(3);
    const unknown = 'There is no node 7 in this cluster; it has nodes 0, 1 and 2.';
    const refusals = [
      await real.lab.execute({ type: 'transfer-leadership', to: 7 }),
      await real.lab.execute({ type: 'change-membership', voters: [0, 1, 7], learners: [] }),
      await real.lab.execute({ type: 'change-membership', voters: [0, 1, 2], learners: [7] }),
    ];
    for (const refusal of refusals) expect(failureOf(refusal)).toEqual({ code: 'invalid', message: unknown });
    expect(real.eventsOf('command-refused')).toHaveLength(3);
  });

  it('is refused by the leader with its reason', async () => {
    const real = await labs.start(1);
    await real.leader();
    const failure = failureOf(await real.lab.execute({ type: 'transfer-leadership', to: 0 }));
    expect(failure.code).toBe('refused');
    expect(failure.message).toMatch(/\.$/);
  });

  it('needs a cluster, and a node that runs', async () => {
    const real = labs.make();
    const command = { type: 'set-retention', retainEntries: 5 } as const;
    expect(failureOf(await real.lab.execute(command)).message).toBe('No cluster is running. Start one first.');
    valueOf(await real.lab.execute({ type: 'start-cluster', nodes: 1 }));
    valueOf(await real.lab.execute({ type: 'stop-node', node: 0 }));
    expect(failureOf(await real.lab.execute(command)).code).toBe('not-running');
  });
});

describe('rules', () => {
  const rulesOff: readonly RuleId[] = ['pre-vote'];
  const offOf = (real: RealLab, boot: number): unknown[] =>
    real
      .eventsOf('rules-changed')
      .filter((event) => event.boot === boot)
      .map((event) => event.rulesOff);

  it('are off on every node from then on, and on again', async () => {
    const real = await labs.start(3);
    valueOf(await real.lab.execute({ type: 'set-rules', rulesOff: [...rulesOff] }));
    await expect.poll(() => offOf(real, 1)).toEqual([rulesOff, rulesOff, rulesOff]);
    valueOf(await real.lab.execute({ type: 'set-rules', rulesOff: [] }));
    await expect.poll(() => offOf(real, 1)).toEqual([rulesOff, rulesOff, rulesOff, [], [], []]);
  });

  it('stay off on a node that is started again', async () => {
    const real = await labs.start(1);
    valueOf(await real.lab.execute({ type: 'set-rules', rulesOff: [...rulesOff] }));
    valueOf(await real.lab.execute({ type: 'stop-node', node: 0 }));
    valueOf(await real.lab.execute({ type: 'start-node', node: 0 }));
    await real.leader();
    const boots = real.eventsOf('election-started').filter(({ boot }) => boot === 2);
    expect(boots.length).toBeGreaterThan(0);
    expect(real.eventsOf('pre-vote-started').filter(({ boot }) => boot === 2)).toEqual([]);
  });
});
