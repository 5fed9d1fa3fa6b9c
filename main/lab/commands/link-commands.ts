/** Cutting and healing links. Cutting what is cut and healing what is whole changes nothing and is no error. */
import type { Link } from '../../../shared/fault-rule.ts';
import { succeed, type Result } from '../../../shared/result.ts';
import { noLinkToItself } from '../../lab-words.ts';
import type { Cluster } from '../cluster.ts';
import type { LabContext } from '../lab-context.ts';
import type { CommandHandlers } from './command-handlers.ts';

export function linkCommands(context: LabContext): CommandHandlers<'cut-link' | 'heal-link' | 'heal-all'> {
  return {
    'cut-link': ({ link }) => {
      const cluster = clusterWithLink(context, link);
      if (!cluster.ok) return cluster;
      cluster.value.cutLink(link);
      return succeed(null);
    },
    'heal-link': ({ link }) => {
      const cluster = clusterWithLink(context, link);
      if (!cluster.ok) return cluster;
      cluster.value.healLink(link);
      return succeed(null);
    },
    'heal-all': () => {
      const cluster = context.clusterWith();
      return cluster.ok ? succeed({ healed: cluster.value.healAll() }) : cluster;
    },
  };
}

function clusterWithLink(context: LabContext, link: Link): Result<Cluster> {
  if (link.from === link.to) return { ok: false, failure: noLinkToItself(link.from) };
  return context.clusterWith(link.from, link.to);
}
