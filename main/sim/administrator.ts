/**
 * Who changes the cluster: asks the leader, knows which folder each server has, and keeps within what the cluster can
 * bear: a majority of each configuration has the folders that it was added with.
 */
import type { Configuration, Server } from '../../shared/configuration.ts';
import type { ChangeMembershipRequest } from '../../shared/client-request.ts';
import type { NodeId } from '../../shared/ids.ts';
import { isOutcomeKnown } from '../../shared/result.ts';
import { configurationOf } from '../raft/state.ts';
import type { AdministratorAct, MembershipAct } from './plan.ts';
import type { RequestDesk } from './request-desk.ts';
import type { SimNode } from './sim-node.ts';

const timeoutMs = 5_000;
/** Among the clients of the history, it is one of its own. */
export const administratorClient = 1_000_000;

export class Administrator {
  readonly #desk: RequestDesk;
  readonly #nodes: readonly SimNode[];
  /** Voters that were asked for, where it is not known that nothing came of it. */
  readonly #asked: (readonly Server[])[] = [];

  constructor(desk: RequestDesk, nodes: readonly SimNode[]) {
    this.#desk = desk;
    this.#nodes = nodes;
  }

  /** Who leads in the latest term, as someone would see who looks at every server. */
  get leader(): SimNode | undefined {
    let latest: SimNode | undefined;
    for (const node of this.#nodes) {
      if (node.state?.role.name !== 'leader') continue;
      if (node.state.term > (latest?.state?.term ?? -1)) latest = node;
    }
    return latest;
  }

  carryOut(act: AdministratorAct): void {
    const { leader } = this;
    if (!leader?.state) return;
    if (act.kind === 'transfer') {
      const request = { kind: 'transfer-leadership', to: act.to } as const;
      this.#desk.ask(leader, administratorClient, request, timeoutMs, () => {});
    } else if (act.kind === 'set-retention') {
      const request = { kind: 'set-retention', retainEntries: act.retainEntries } as const;
      this.#desk.ask(leader, administratorClient, request, timeoutMs, () => {});
    } else {
      this.#change(leader, act, configurationOf(leader.state));
    }
  }

  /** True when every group that may decide, now or later, still has a majority with its folders after this one's loss. */
  canLose(node: SimNode): boolean {
    const states = this.#nodes.flatMap(({ lastState }) => lastState ?? []);
    const committed = Math.max(
      ...states.map(({ configurations, commitIndex }) =>
        Math.max(...configurations.map(({ index }) => (index <= commitIndex ? index : 0))),
      ),
    );
    const inForce = states.flatMap(({ configurations }) => configurations.filter(({ index }) => index >= committed));
    const groups = [...this.#asked, ...inForce.flatMap(({ configuration }) => groupsOf(configuration))];
    return groups.every((group) => this.#isBearable(group, node.id));
  }

  #change(leader: SimNode, act: MembershipAct, configuration: Configuration): void {
    const request = this.#compose(act, configuration, leader.id);
    if (!request || request.voters.length === 0 || !this.#isBearable(request.voters, null)) return;
    this.#asked.push(request.voters);
    this.#desk.ask(leader, administratorClient, request, timeoutMs, (result) => {
      if (result.ok || isOutcomeKnown(result.failure)) this.#asked.splice(this.#asked.indexOf(request.voters), 1);
    });
  }

  #compose(act: MembershipAct, current: Configuration, leaderId: NodeId): ChangeMembershipRequest | undefined {
    const { mode, servers } = act;
    const [first = 0] = servers;
    const base = { kind: 'change-membership', mode } as const;
    const { voters, learners } = current;
    const without = (list: readonly Server[], id: NodeId): Server[] => list.filter((server) => server.id !== id);
    switch (act.change) {
      case 'add':
        return {
          ...base,
          voters: [...without(voters, first), this.#server(first)],
          learners: without(learners, first),
        };
      case 'learn':
        if (voters.some(({ id }) => id === first)) return undefined;
        return { ...base, voters, learners: [...without(learners, first), this.#server(first)] };
      case 'remove':
        return { ...base, voters: without(voters, first), learners: without(learners, first) };
      case 'remove-leader':
        return { ...base, voters: without(voters, leaderId), learners };
      case 'replace': {
        const present = (server: Server): Server => this.#server(server.id);
        return { ...base, voters: voters.map(present), learners: learners.map(present) };
      }
      case 'swap':
        return { ...base, voters: servers.map((id) => this.#server(id)), learners: [] };
      default:
        throw new Error(`there is no change ${String(act.change satisfies never)}`);
    }
  }

  /** With the folder that it has now. */
  #server(id: NodeId): Server {
    return { id, storage: this.#nodes[id]?.storageNumber ?? 0 };
  }

  #isBearable(group: readonly Server[], lost: NodeId | null): boolean {
    if (group.length === 0) return true;
    const whole = group.filter(({ id, storage }) => id !== lost && this.#nodes[id]?.storageNumber === storage);
    return whole.length * 2 > group.length;
  }
}

function groupsOf({ voters, outgoing }: Configuration): (readonly Server[])[] {
  return [voters, outgoing];
}
