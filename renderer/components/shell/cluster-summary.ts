/** The state of the whole cluster in a few words, for the banner and for whoever listens instead of looking. */
import { currentLeader, type ClusterView } from '../../../shared/projection/cluster-view.ts';
import { decidingGroupsOf } from '../../../shared/projection/membership-view.ts';
import { text } from '../../text/shell.ts';

export interface ClusterSummary {
  readonly kind: 'cut-off' | 'leader' | 'election' | 'no-quorum' | 'no-leader' | 'starting' | 'stopped' | 'none';
  readonly words: string;
  /** The term that the words are about; undefined when there is none. */
  readonly term?: number;
}

export function summarise(view: ClusterView): ClusterSummary {
  if (view.status === 'none') return { kind: 'none', words: text.noCluster };
  if (view.status === 'stopped') return { kind: 'stopped', words: text.stopped };
  const running = view.nodes.filter((node) => node.status === 'running');
  if (running.length === 0 && view.nodes.some((node) => node.status === 'starting'))
    return { kind: 'starting', words: text.starting };

  const leader = currentLeader(view);
  const candidates = running.filter((node) => node.role === 'candidate');
  // A leader that lost its majority stays leader in its own eyes; that it can commit nothing is the news.
  const short = decidingGroupsOf(view).find(({ able, needed }) => able.length < needed);
  if (short && !view.nodes.some((node) => node.status === 'starting')) {
    return { kind: 'no-quorum', words: text.noQuorum(short.able.length, short.servers.length, short.needed) };
  }
  const ids = candidates.map((node) => node.id);
  if (leader) {
    // A node that was cut off asks for votes in ever higher terms, while the others go on under their leader.
    const words = ids.length > 0 ? text.leadsDespite(leader.id, ids) : text.leads(leader.id);
    return { kind: 'leader', words, term: leader.term };
  }
  if (candidates.length > 0) {
    return {
      kind: 'election',
      words: text.election(ids),
      term: Math.max(...candidates.map((node) => node.term)),
    };
  }
  return { kind: 'no-leader', words: text.noLeader };
}
