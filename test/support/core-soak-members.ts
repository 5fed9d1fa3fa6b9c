/**
 * What a soak does to a cluster's membership: changes, transfers, snapshots, and servers that lose their folders. A folder
 * is only taken where the cluster can do without it: a majority that forgot stays a majority that forgot.
 */
import type { Configuration, Server } from '../../shared/configuration.ts';
import type { NodeId } from '../../shared/ids.ts';
import { drawInteger, type RandomState } from '../../shared/random.ts';
import { majorityOf } from '../../main/raft/quorum.ts';
import { configurationAt, configurationOf } from '../../main/raft/state.ts';
import type { CoreCluster } from './core-cluster.ts';
import type { CoreNode } from './core-node.ts';

export class SoakMembers {
  readonly #cluster: CoreCluster;
  readonly #random: RandomState;
  wipes = 0;

  constructor(cluster: CoreCluster, random: RandomState) {
    this.#cluster = cluster;
    this.#random = random;
  }

  /** Asks for a change, mostly of one or two servers; mostly at one that leads. */
  change(id: NodeId): void {
    const single = this.#below(3) === 0;
    const state = this.#cluster.node(id).state;
    if (!state) return;
    const { voters, learners } = configurationOf(state);
    const partOf = new Map<NodeId, 'voter' | 'learner'>();
    for (const voter of voters) partOf.set(voter.id, 'voter');
    for (const learner of learners) if (!partOf.has(learner.id)) partOf.set(learner.id, 'learner');
    for (let moves = single ? 1 : 1 + this.#below(3); moves > 0; moves--) {
      const server = this.#below(this.#cluster.nodes.size);
      const part = this.#below(5);
      if (part < 2) partOf.set(server, 'voter');
      else if (part === 2) partOf.set(server, 'learner');
      else partOf.delete(server);
    }
    const those = (part: 'voter' | 'learner') => [...partOf].flatMap(([server, its]) => (its === part ? [server] : []));
    const mode = single ? 'single-server' : 'joint';
    this.#cluster.changeMembership(id, { mode, voters: those('voter'), learners: those('learner') });
  }

  transfer(id: NodeId): void {
    this.#cluster.transferLeadership(id, this.#below(this.#cluster.nodes.size));
  }

  snapshot(node: CoreNode): void {
    if (node.applied.length > 0) this.#cluster.takeSnapshot(node.id, 1 + this.#below(node.applied.length));
  }

  /** A server goes down and comes back, some day, without its folder. */
  wipe(): void {
    const cluster = this.#cluster;
    const id = this.#below(cluster.nodes.size);
    // Rarely: who has lost its folder is of no use until it is added again.
    if (this.#below(6) > 0 || !this.#canDoWithout(id)) return;
    if (cluster.node(id).role !== 'down') cluster.crash(id);
    cluster.wipe(id);
    this.wipes += 1;
  }

  #canDoWithout(id: NodeId): boolean {
    const { all } = this.#cluster;
    const isAwaited = all.some(({ state }) => state?.role.name === 'leader' && state.role.change !== null);
    if (isAwaited) return false;
    const remembers = (server: Server): boolean =>
      server.id !== id && this.#cluster.node(server.id).disk.storage === server.storage;
    const hasMajority = (group: readonly Server[]): boolean =>
      group.length === 0 || group.filter(remembers).length >= majorityOf(group.length);
    return all
      .flatMap((node) => configurationsOf(node, this.#cluster.bootstrap))
      .every(({ voters, outgoing }) => hasMajority(voters) && hasMajority(outgoing));
  }

  #below(limit: number): number {
    return drawInteger(this.#random, 0, limit - 1);
  }
}

/** Those that this server may yet decide by. */
function configurationsOf({ state, disk }: CoreNode, bootstrap: Configuration): readonly Configuration[] {
  const onDisk = disk.log.findLast(({ configuration }) => configuration !== undefined)?.configuration;
  const inMemory = state ? [configurationOf(state), configurationAt(state, state.commitIndex).configuration] : [];
  return [onDisk ?? bootstrap, ...inMemory];
}
