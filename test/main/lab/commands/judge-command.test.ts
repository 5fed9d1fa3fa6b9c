/** Both judges live on real nodes: threads, UDP and disk. */
import { afterEach, describe, expect, it } from 'vitest';
import type { NodeId } from '../../../../shared/ids.ts';
import { currentLeader } from '../../../../shared/projection/cluster-view.ts';
import { failureOf, RealLabs, valueOf, type RealLab } from '../../../support/real-lab.ts';

const labs = new RealLabs();

afterEach(() => labs.closeAll());

/** Everything that is not held, with the reason. */
async function notHeld({ lab }: RealLab): Promise<readonly unknown[]> {
  return valueOf(await lab.execute({ type: 'judge' })).verdicts.filter(({ verdict }) => verdict !== 'held');
}

async function append({ lab }: RealLab, node: NodeId, text: string): Promise<number> {
  return valueOf(await lab.execute({ type: 'append', node, entries: [text, text] })).lastIndex;
}

/** Reads all, three ways, on each node; internal entries are answered, too. */
async function readAll({ lab }: RealLab): Promise<void> {
  for (const node of [0, 1, 2])
    for (const read of ['linearizable', 'lease', 'local'] as const) {
      const range = { startIndex: 0, endIndex: 1_000, read, includeInternal: node === 1 };
      valueOf(await lab.execute({ type: 'index-range', node, ...range }));
    }
}

describe('the verdict on a running cluster', () => {
  it('is that everything held, also when it is started again on its folder by another lab', async () => {
    const first = await labs.start(3);
    const leader = await first.leader();
    for (let at = 0; at < 20; at++) await append(first, at % 3, `entry ${at % 4}`);
    await readAll(first);
    valueOf(await first.lab.execute({ type: 'crash-node', node: leader }));
    await first.leader(leader);
    valueOf(await first.lab.execute({ type: 'start-node', node: leader }));
    await append(first, leader, 'after');
    await readAll(first);
    expect(await notHeld(first)).toEqual([]);
    const { operations } = valueOf(await first.lab.execute({ type: 'judge' }));
    expect(operations).toEqual({ appends: 21, reads: 18, unknown: 0 });

    await first.lab.close();
    const second = await labs.start(3, { folder: first.folder });
    await second.leader();
    await readAll(second);
    const last = await append(second, 1, 'again');
    const condition = { prevLogIndex: last, prevLogTerm: valueOf(await termOf(second, last)) };
    valueOf(await second.lab.execute({ type: 'append', node: 0, entries: ['x'], expect: condition }));
    failureOf(await second.lab.execute({ type: 'append', node: 0, entries: ['x'], expect: condition }));
    await readAll(second);
    expect(await notHeld(second)).toEqual([]);
  });

  it('is told when a rule is off and a deposed leader answers a read', async () => {
    const real = await labs.start(3);
    const deposed = await real.leader();
    const rulesOff = ['read-index-confirms', 'check-quorum'] as const;
    valueOf(await real.lab.execute({ type: 'set-rules', rulesOff: [...rulesOff] }));
    await append(real, deposed, 'before');
    for (const other of [0, 1, 2].filter((id) => id !== deposed))
      for (const link of [
        { from: deposed, to: other },
        { from: other, to: deposed },
      ])
        valueOf(await real.lab.execute({ type: 'cut-link', link }));
    const next = await laterLeader(real, deposed);
    await append(real, next, 'after');
    const read = { startIndex: 0, endIndex: 1_000, read: 'linearizable' } as const;
    valueOf(await real.lab.execute({ type: 'index-range', node: deposed, ...read }));
    await expect
      .poll(() => real.eventsOf('violation-found').map(({ promise }) => promise))
      .toContain('linearizability');
    const found = real.eventsOf('violation-found').find(({ promise }) => promise === 'linearizability');
    expect(found).toMatchObject({
      rule: 'read-index-confirms',
      sentence: expect.stringMatching(/^Stale: the read r\d+ /),
    });
    expect(found?.conflict).toHaveLength(2);
    expect(await notHeld(real)).toContainEqual(
      expect.objectContaining({ promise: 'linearizability', verdict: 'broken' }),
    );
  });

  it('is none before there was a cluster', async () => {
    expect(failureOf(await labs.make().lab.execute({ type: 'judge' })).code).toBe('not-running');
  });
});

/** Who leads a later term than `deposed`, which leads on. */
async function laterLeader(real: RealLab, deposed: NodeId): Promise<NodeId> {
  await expect
    .poll(() =>
      real
        .eventsOf('role-changed')
        .some(({ node, to }) => to === 'leader' && node !== deposed && isLater(real, deposed)),
    )
    .toBe(true);
  return currentLeader(real.lab.snapshot().view)?.id ?? -1;
}

function isLater(real: RealLab, deposed: NodeId): boolean {
  const leader = currentLeader(real.lab.snapshot().view)?.id;
  return leader !== undefined && leader !== deposed;
}

async function termOf({ lab }: RealLab, index: number) {
  const range = await lab.execute({ type: 'index-range', node: 0, startIndex: index, endIndex: index });
  return range.ok ? { ok: true as const, value: range.value.entries[0]?.term ?? 0 } : range;
}
