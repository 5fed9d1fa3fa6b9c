/**
 * The end of a soak: the faults stop, and the cluster must come to agree and serve.
 */
import { describeConfiguration, isJoint, serversOf } from '../../shared/configuration.ts';
import type { NodeId } from '../../shared/ids.ts';
import { assert, required } from '../../shared/assert.ts';
import { configurationOf, knownLeader } from '../../main/raft/state.ts';
import type { CoreCluster } from './core-cluster.ts';
import type { CoreNode } from './core-node.ts';

/** In a fault-free cluster all must agree within this virtual time. */
const calmMs = 10_000;

/**
 * Everything works from now on: one leader, one more entry on every member, and the same log on all of them.
 * @param pick chooses one of the members for a read
 * @returns how many entries are committed in the end
 */
export function calmDown(cluster: CoreCluster, pick: (members: CoreNode[]) => NodeId): number {
  cluster.heal();
  for (const node of cluster.all) {
    if (node.role === 'down') cluster.restart(node.id);
    node.slowDisk = false;
    cluster.completeWrites(node.id);
  }
  // Long enough for two heartbeats: whoever follows now has just heard its leader, and does not time out.
  cluster.run(100);
  cluster.run(calmMs, () => settledLeader(cluster) !== undefined);
  const leader = required(settledLeader(cluster), `no leader of all in ${calmMs} ms: ${describe(cluster)}`);
  const outcome = cluster.propose(leader.id, 'the last entry');
  const members = membersOf(cluster, leader);
  const read = cluster.read(pick(members));
  const last = outcome.kind === 'appended' ? outcome.lastIndex : Infinity;
  const agreed = (): boolean => members.every(({ applied, log }) => applied.length === last && log.length === last);
  cluster.run(calmMs, () => agreed() && cluster.readAnswers.has(read));
  assert(agreed(), `the logs do not converge in ${calmMs} ms: ${describe(cluster)}`);
  assert(leader.role === 'leader', 'without faults the leader stays in office');
  assert(cluster.readAnswers.get(read)?.kind === 'confirmed', 'a read without faults is confirmed');
  return last;
}

function membersOf(cluster: CoreCluster, leader: CoreNode): CoreNode[] {
  return serversOf(configurationOf(leader.core)).map((id) => cluster.node(id));
}

/** Once all members know it in its term, and nothing is being changed, nothing disturbs it any more. */
function settledLeader(cluster: CoreCluster): CoreNode | undefined {
  const { leader } = cluster;
  const role = leader?.core.role;
  if (!leader || role?.name !== 'leader' || role.change || role.transfer) return undefined;
  if (isJoint(configurationOf(leader.core))) return undefined;
  const follows = ({ core }: CoreNode): boolean => core.term === leader.core.term && knownLeader(core) === leader.id;
  return membersOf(cluster, leader).every(follows) ? leader : undefined;
}

function describe({ all }: CoreCluster): string {
  return all
    .map(({ id, role, log, applied, state }) => {
      const configuration = state && describeConfiguration(configurationOf(state));
      const terms = log.map(({ term }) => term).join(',');
      return `node ${id} ${role} term ${state?.term} ${configuration} log ${terms} applied ${applied.length}`;
    })
    .join('; ');
}
