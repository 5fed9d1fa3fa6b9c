/** What a person can do to nodes and links. Each sends commands; the stage shows the effect when the lab reports it. */
import type { Command } from '../../shared/command.ts';
import { sameLink, type FaultRule, type Link } from '../../shared/fault-rule.ts';
import type { NodeId } from '../../shared/ids.ts';
import { faultCount, isLinkCut } from '../../shared/projection/cluster-view.ts';
import { useClusterStore } from '../stores/cluster.ts';
import { useConnectionStore } from '../stores/connection.ts';
import { useNoticesStore } from '../stores/notices.ts';
import { text } from '../text/shell.ts';
import { useRunAll } from './use-run-all.ts';

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
  /** Exactly these are cut from now on. */
  cutOnly(links: readonly Link[]): void;
  /** Only servers of one group hear each other from now on. */
  partition(groups: readonly (readonly NodeId[])[]): void;
  /** The rules hold from now on. */
  setRules(rules: readonly FaultRule[]): void;
  clearRules(ids: readonly string[]): void;
  /** Links, disks and clocks are as they should be; every node goes on. */
  healAll(): void;
  /** Links from and to the node, in both directions. */
  linksOf(node: NodeId): readonly Link[];
  /** Every directed link of the cluster. */
  allLinks(): readonly Link[];
  isCut(link: Link): boolean;
}

export function useFaultActions(): FaultActions {
  const connection = useConnectionStore();
  const cluster = useClusterStore();

  const isCut = (link: Link): boolean => isLinkCut(cluster.liveView, link);
  const run = (command: Command): void => void connection.run(command);

  const sendAll = useRunAll();
  const runAll = (commands: readonly Command[]): void => void sendAll(commands);

  function allLinks(): readonly Link[] {
    return cluster.liveView.nodes.flatMap(({ id: from }) =>
      cluster.liveView.nodes.flatMap(({ id: to }) => (from === to ? [] : [{ from, to }])),
    );
  }
  const linksOf = (node: NodeId): readonly Link[] =>
    cluster.liveView.nodes
      .filter((other) => other.id !== node)
      .flatMap((other) => [
        { from: node, to: other.id },
        { from: other.id, to: node },
      ]);

  const cutting = (links: readonly Link[]): Command[] =>
    links.filter((link) => !isCut(link)).map((link) => ({ type: 'cut-link', link }));
  const healing = (links: readonly Link[]): Command[] =>
    links.filter(isCut).map((link) => ({ type: 'heal-link', link }));
  const cut = (links: readonly Link[]): void => runAll(cutting(links));
  const heal = (links: readonly Link[]): void => runAll(healing(links));

  function cutOnly(links: readonly Link[]): void {
    const others = cluster.liveView.cutLinks.filter((link) => !links.some((wanted) => sameLink(wanted, link)));
    runAll([...healing(others), ...cutting(links)]);
  }

  async function healAll(): Promise<void> {
    const faults = faultCount(cluster.liveView);
    if (await connection.run({ type: 'heal-all' })) {
      useNoticesStore().say({ tone: 'good', title: text.healAll, text: text.healed(faults) });
    }
  }

  return {
    crash: (node) => run({ type: 'crash-node', node }),
    stop: (node) => run({ type: 'stop-node', node }),
    restart: (node) => run({ type: 'start-node', node }),
    isolate: (node) => cut(linksOf(node)),
    healNode: (node) => heal(linksOf(node)),
    cut,
    heal,
    cutOnly,
    partition: (groups) => run({ type: 'partition', groups: groups.map((group) => [...group]) }),
    setRules: (rules) => runAll(rules.map((rule) => ({ type: 'set-fault', rule: copyOf(rule) }))),
    clearRules: (ids) => runAll(ids.map((faultRule) => ({ type: 'clear-fault', faultRule }))),
    healAll: () => void healAll(),
    linksOf,
    allLinks,
    isCut,
  };
}

/** As the command has it: `messageKinds` is its own list. */
function copyOf({ messageKinds, ...rule }: FaultRule): Extract<Command, { type: 'set-fault' }>['rule'] {
  return messageKinds ? { ...rule, messageKinds: [...messageKinds] } : rule;
}
