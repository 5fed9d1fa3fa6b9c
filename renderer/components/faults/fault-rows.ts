/** The faults in force, as rows for people: what is done alike to many links is one row. Pure. */
import { cutRuleId, type FaultAction, type Link } from '../../../shared/fault-rule.ts';
import type { NodeFault } from '../../../shared/bench-event.ts';
import type { NodeId } from '../../../shared/ids.ts';
import type { ClusterView } from '../../../shared/projection/cluster-view.ts';
import type { LinkFaultInForce } from '../../../shared/projection/faults-view.ts';
import { linkGroups } from '../../../shared/projection/link-groups.ts';
import { text as common } from '../../text/common.ts';
import { text } from '../../text/faults.ts';

export type FaultSection = 'links' | 'nodes' | 'disks' | 'clocks';

export interface FaultRow {
  readonly key: string;
  readonly section: FaultSection;
  readonly kind: FaultAction['kind'] | 'partition' | NodeFault;
  readonly who: string;
  readonly what: string;
  /** The rules behind it, by name. */
  readonly ruleIds: readonly string[];
  /** Directed links that it acts upon. */
  readonly links: readonly Link[];
  /** The node that it acts upon. */
  readonly node?: NodeId;
}

const sectionOf: Readonly<Partial<Record<NodeFault, FaultSection>>> = {
  pause: 'nodes',
  'slow-disk': 'disks',
  'stuck-disk': 'disks',
  'failing-disk': 'disks',
  'full-disk': 'disks',
  'clock-rate': 'clocks',
};

export function faultRows(view: ClusterView): readonly FaultRow[] {
  const ids = view.nodes.map(({ id }) => id);
  const nodeRows = view.nodes.flatMap(({ id, faults }) =>
    faults.map(({ fault, faultRule, reason }): FaultRow => ({
      key: faultRule,
      section: sectionOf[fault] ?? 'nodes',
      kind: fault,
      who: common.node(id),
      what: reason,
      ruleIds: [faultRule],
      links: [],
      node: id,
    })),
  );
  return [...cutRows(ids, view.cutLinks), ...ruleRows(ids, view), ...nodeRows];
}

/** A partition is one row; cuts within a group, or of one direction, are rows of their own. */
function cutRows(ids: readonly NodeId[], cutLinks: readonly Link[]): FaultRow[] {
  if (cutLinks.length === 0) return [];
  const groups = linkGroups(ids, cutLinks);
  const groupOf = (id: NodeId): number => groups.findIndex((group) => group.includes(id));
  const between = groups.length > 1 ? cutLinks.filter(({ from, to }) => groupOf(from) !== groupOf(to)) : [];
  const rows: FaultRow[] = [];
  if (between.length > 0) {
    const names = groups.map((group) => group.join(' ')).join(' | ');
    rows.push({ ...linkRow('partition', between, ids), who: text.partition, what: text.partitioned(names) });
  }
  const seen = new Set<string>(between.map(cutRuleId));
  for (const link of cutLinks) {
    if (seen.has(cutRuleId(link))) continue;
    const back = cutLinks.find(({ from, to }) => from === link.to && to === link.from);
    const links = back ? [link, back] : [link];
    for (const each of links) seen.add(cutRuleId(each));
    rows.push({ ...linkRow('cut', links, ids), what: back ? text.cutBoth : text.cut });
  }
  return rows;
}

function linkRow(kind: 'cut' | 'partition', links: readonly Link[], ids: readonly NodeId[]): FaultRow {
  const ruleIds = links.map(cutRuleId);
  return {
    key: `${kind} ${ruleIds[0] ?? ''}`,
    section: 'links',
    kind,
    who: whoOf(links, ids),
    what: '',
    ruleIds,
    links,
  };
}

function ruleRows(ids: readonly NodeId[], { faults }: ClusterView): FaultRow[] {
  const alike = new Map<string, LinkFaultInForce[]>();
  for (const each of faults) {
    const key = JSON.stringify([each.fault.action, each.fault.messageKinds ?? []]);
    alike.set(key, [...(alike.get(key) ?? []), each]);
  }
  return [...alike].flatMap(([key, group]): FaultRow[] => {
    const first = group[0]?.fault;
    if (!first) return [];
    const links = group.map(({ fault }) => fault.link);
    const words = text.action(first.action);
    return [
      {
        key,
        section: 'links',
        kind: first.action.kind,
        who: whoOf(links, ids),
        what: first.messageKinds ? text.onlyKinds(words, first.messageKinds) : words,
        ruleIds: group.map(({ faultRule }) => faultRule),
        links,
      },
    ];
  });
}

/** How many links are named one by one. */
const namedMax = 3;

/** Which links these are, in as few words as say it. @param ids all servers */
export function whoOf(links: readonly Link[], ids: readonly NodeId[]): string {
  const others = ids.length - 1;
  const distinct = new Map(links.map((link) => [cutRuleId(link), link]));
  if (others > 1 && distinct.size === ids.length * others) return text.everyLink;
  const all = [...distinct.values()];
  for (const id of ids) {
    const to = all.filter((link) => link.to === id).length;
    const from = all.filter((link) => link.from === id).length;
    if (others < 2 || to + from !== all.length) continue;
    if (to === others && from === others) return text.linksOf(id);
    if (to === others && from === 0) return text.linksTo(id);
    if (from === others && to === 0) return text.linksFrom(id);
  }
  const names = pairNames(all);
  return names.length <= namedMax
    ? names.join(', ')
    : text.andMore(names.slice(0, namedMax - 1).join(', '), names.length - namedMax + 1);
}

function pairNames(links: readonly Link[]): readonly string[] {
  const has = (from: NodeId, to: NodeId): boolean => links.some((link) => link.from === from && link.to === to);
  return links.flatMap(({ from, to }) => {
    if (!has(to, from)) return [text.link(from, to)];
    return from < to ? [text.linkBoth(from, to)] : [];
  });
}
