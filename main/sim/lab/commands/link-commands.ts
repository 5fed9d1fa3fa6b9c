/** What is done to links. Cutting what is cut and healing what is whole changes nothing and is no error. */
import type { Link } from '../../../../shared/fault-rule.ts';
import { succeed, type Result } from '../../../../shared/result.ts';
import { noLinkToItself } from '../../../lab-words.ts';
import type { LabCluster } from '../lab-cluster.ts';
import type { LabContext } from '../lab-context.ts';
import { atOnce, type CommandHandlers } from './command-handlers.ts';

type LinkCommandType = 'cut-link' | 'heal-link' | 'partition' | 'set-fault' | 'clear-fault' | 'heal-all';

export function linkCommands(context: LabContext): CommandHandlers<LinkCommandType> {
  return {
    'cut-link': atOnce(({ link }) => {
      const cluster = clusterWithLink(context, link);
      if (!cluster.ok) return cluster;
      cluster.value.links.cut(link);
      return succeed(null);
    }),
    'heal-link': atOnce(({ link }) => {
      const cluster = clusterWithLink(context, link);
      if (!cluster.ok) return cluster;
      cluster.value.links.heal(link);
      return succeed(null);
    }),
    partition: atOnce(({ groups }) => {
      const cluster = context.clusterWith(...groups.flat());
      if (!cluster.ok) return cluster;
      cluster.value.links.partition(groups, cluster.value.ids);
      return succeed(null);
    }),
    'set-fault': atOnce(({ rule }) => {
      const cluster = clusterWithLink(context, rule.link);
      return cluster.ok ? cluster.value.links.setRule(rule) : cluster;
    }),
    'clear-fault': atOnce(({ faultRule }) => {
      const cluster = context.clusterWith();
      return cluster.ok ? cluster.value.links.clearRule(faultRule) : cluster;
    }),
    'heal-all': atOnce(() => {
      const cluster = context.clusterWith();
      return cluster.ok ? succeed({ healed: cluster.value.healAll() }) : cluster;
    }),
  };
}

function clusterWithLink(context: LabContext, link: Link): Result<LabCluster> {
  if (link.from === link.to) return { ok: false, failure: noLinkToItself(link.from) };
  return context.clusterWith(link.from, link.to);
}
