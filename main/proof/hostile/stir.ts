/**
 * Work for the cluster, so that every kind of message is said and captured: appends at every server, a large one, a read, a
 * handover, snapshots for who was away; and, by turns, servers that start again.
 */
import type { NodeId } from '../../../shared/ids.ts';
import { drawInteger, type RandomState } from '../../../shared/random.ts';
import { drawBytes } from './draw-bytes.ts';
import { servers, type QuietCluster } from './quiet-cluster.ts';

/** @param round from 1 on somebody starts again; 0: nobody */
export function stir(cluster: QuietCluster, random: RandomState, round: number): void {
  const leader = cluster.leader();
  const follower = (leader + 1 + (round % 2)) % servers.length;
  if (round % 3 === 1) cluster.restart(follower);
  if (round % 3 === 2) cluster.restart(leader);
  for (const id of servers) append(cluster, id, drawBytes(random, drawInteger(random, 1, 100)));
  append(cluster, follower, drawBytes(random, 150_000));
  const endIndex = cluster.node(follower).state.log.lastIndex;
  cluster.ask(follower, { kind: 'index-range', startIndex: endIndex, endIndex, read: 'linearizable' });
  if (round % 3 === 0) missSomething(cluster, random);
  if (round % 2 === 1) {
    const before = cluster.leader();
    cluster.ask(before, { kind: 'transfer-leadership', to: (before + 1) % servers.length });
  }
  const most = Math.max(...servers.map((id) => cluster.node(id).state.log.lastIndex));
  cluster.world.runUntil(() => servers.every((id) => cluster.node(id).state.commitIndex >= most), 'rest');
}

/** One server is away until the log behind it is gone: it needs a snapshot. */
function missSomething(cluster: QuietCluster, random: RandomState): void {
  const leader = cluster.leader();
  const away = (leader + 1) % servers.length;
  cluster.stop(away);
  cluster.ask(leader, { kind: 'set-retention', retainEntries: 4 });
  for (let count = 0; count < 40; count += 1) append(cluster, leader, drawBytes(random, 20));
  cluster.start(away);
}

function append(cluster: QuietCluster, id: NodeId, payload: Uint8Array): void {
  cluster.ask(id, { kind: 'append', entries: [payload] });
}
