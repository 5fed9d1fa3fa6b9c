/** Everything about links: cutting, healing, partitions and fault rules. What is so already changes nothing and is no error. */
import type { Link } from '../../../shared/fault-rule.ts';
import { succeed, type Result } from '../../../shared/result.ts';
import { noLinkToItself } from '../../lab-words.ts';
import type { Cluster } from '../cluster.ts';
import type { LabContext } from '../lab-context.ts';
import type { CommandHandlers } from './command-handlers.ts';

type LinkCommandType = 'cut-link' | 'heal-link' | 'partition' | 'set-fault' | 'clear-fault' | 'heal-all';

export function linkCommands(context: LabContext): CommandHandlers<LinkCommandType> {
  return {
    'cut-link': ({ link }) => {
      const cluster = clusterWithLink(context, link);
      if (!cluster.ok) return cluster;
      cluster.value.faults.links.cut(link);
      return succeed(null);
    },
    'heal-link': ({ link }) => {
      const cluster = clusterWithLink(context, link);
      if (!cluster.ok) return cluster;
      cluster.value.faults.links.heal(link);
      return succeed(null);
    },
    partition: ({ groups }) => {
      const cluster = context.clusterWith(...groups.flat());
      if (!cluster.ok) return cluster;
      const ids = cluster.value.members.map(({ id }) => id);
      cluster.value.faults.links.partition(groups, ids);
      return succeed(null);
    },
    'set-fault': ({ rule }) => {
      const cluster = clusterWithLink(context, rule.link);
      return cluster.ok ? cluster.value.faults.links.setRule(rule) : cluster;
    },
    'clear-fault': ({ faultRule }) => {
      const cluster = context.clusterWith();
      return cluster.ok ? cluster.value.faults.links.clearRule(faultRule) : cluster;
    },
    'heal-all': () => {
      const cluster = context.clusterWith();
      return cluster.ok ? succeed({ healed: cluster.value.faults.healAll() }) : cluster;
    },
  };
}

function clusterWithLink(context: LabContext, link: Link): Result<Cluster> {
  if (link.from === link.to) return { ok: false, failure: noLinkToItself(link.from) };
  return context.clusterWith(link.from, link.to);
}
