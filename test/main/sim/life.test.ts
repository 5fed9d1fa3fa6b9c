import { expect, it } from 'vitest';
import { startWithLeader } from '../../support/sim-cluster.ts';

it('begins with its launch and what it found, and numbers its events without a gap', () => {
  const { events, nodes, runFor } = startWithLeader();
  runFor(500);
  const [started, launched, first] = events;
  expect([started?.type, launched?.type, first?.type]).toEqual(['cluster-started', 'node-launched', 'node-started']);
  expect(first).toMatchObject({ node: 0, boot: 1, sequence: 1, term: 0, lastIndex: 0, configuration: { index: 0 } });
  for (const { id } of nodes) {
    const own = events.filter(({ node }) => node === id);
    expect(own.map(({ sequence }) => sequence)).toEqual(own.map((_, position) => position + 1));
    expect(own.every(({ lamport }, position) => position === 0 || lamport > (own[position - 1]?.lamport ?? 0))).toBe(
      true,
    );
  }
});

it('goes on with the next boot, above the Lamport numbers of the lab', () => {
  const { events, follower, lab, runFor } = startWithLeader();
  follower.kill();
  const lamport = lab.lamport.current;
  follower.launch();
  runFor(10);
  const again = events.filter(({ node, boot }) => node === follower.id && boot === 2);
  expect(again[0]).toMatchObject({ type: 'node-started', sequence: 1 });
  expect(again[0]?.lamport).toBeGreaterThan(lamport);
});
