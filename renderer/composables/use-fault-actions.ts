/** What a person can do to nodes and links. Each sends commands; the stage shows the effect when the lab reports it. */
import type { Link } from '../../shared/fault-rule.ts';
import type { NodeId } from '../../shared/ids.ts';
import { faultCount, isLinkCut } from '../../shared/projection/cluster-view.ts';
import { useClusterStore } from '../stores/cluster.ts';
import { useConnectionStore } from '../stores/connection.ts';
import { useNoticesStore } from '../stores/notices.ts';
import { text } from '../text/shell.ts';

export interface FaultActions {
  crash(node: NodeId): void;
  stop(node: NodeId): void;
  restart(node: NodeId): void;
  /** Cuts every link from and to the node. */
  isolate(node: NodeId): void;
  /** Heals every link from and to the node. */
  healNode(node: NodeId): void;
  cut(links: readonly Link[]): void;
  heal(links: readonly Link[]): void;
  /** Links, disks and clocks are as they should be; every node goes on. */
  healAll(): void;
  /** Links from and to the node, in both directions. */
  linksOf(node: NodeId): readonly Link[];
  isCut(link: Link): boolean;
}

export function useFaultActions(): FaultActions {
  const connection = useConnectionStore();
  const cluster = useClusterStore();

  const isCut = (link: Link): boolean => isLinkCut(cluster.liveView, link);

  function linksOf(node: NodeId): readonly Link[] {
    return cluster.liveView.nodes
      .filter((other) => other.id !== node)
      .flatMap((other) => [
        { from: node, to: other.id },
        { from: other.id, to: node },
      ]);
  }

  /** One after the other: when one is refused, the reason is said once and the rest is left. */
  async function changeLinks(type: 'cut-link' | 'heal-link', links: readonly Link[]): Promise<void> {
    for (const link of links) if (!(await connection.run({ type, link }))) return;
  }

  const cut = (links: readonly Link[]): void =>
    void changeLinks(
      'cut-link',
      links.filter((link) => !isCut(link)),
    );
  const heal = (links: readonly Link[]): void => void changeLinks('heal-link', links.filter(isCut));

  async function healAll(): Promise<void> {
    const faults = faultCount(cluster.liveView);
    if (await connection.run({ type: 'heal-all' })) {
      useNoticesStore().say({ tone: 'good', title: text.healAll, text: text.healed(faults) });
    }
  }

  return {
    crash: (node) => void connection.run({ type: 'crash-node', node }),
    stop: (node) => void connection.run({ type: 'stop-node', node }),
    restart: (node) => void connection.run({ type: 'start-node', node }),
    isolate: (node) => cut(linksOf(node)),
    healNode: (node) => heal(linksOf(node)),
    cut,
    heal,
    healAll: () => void healAll(),
    linksOf,
    isCut,
  };
}
