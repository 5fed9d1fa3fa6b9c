/** If an entry is committed in a term, it is in the logs of the leaders of all higher terms (Raft §5.4, Figure 3). */
import type { EventOf } from '../../../shared/event.ts';
import type { ServerView } from '../server-view.ts';
import type { ClusterView, Watch, WatchContext } from '../watch.ts';

export const watchLeaderCompleteness: Watch = (context) => {
  const { cluster, on, report, tableMax } = context;
  /** Terms that had a leader and were not found wanting yet, ascending. */
  let terms: number[] = [];
  on('role-changed', (event, server) => {
    if (event.to !== 'leader') return;
    const required = cluster.committed.requiredOf(event.term);
    const term = required && cluster.committed.log.termAt(required.index);
    if (!required || term === undefined || server.folder.log.holds(required.index, term)) {
      const position = terms.findLastIndex((other) => other <= event.term);
      if (terms[position] !== event.term) terms.splice(position + 1, 0, event.term);
      if (terms.length > tableMax) terms = terms.slice(tableMax >>> 1);
      return;
    }
    const has =
      server.folder.log.lastIndex < required.index ? `ends at ${server.folder.log.lastIndex}` : 'has another there';
    const sentence = `Node ${server.id} leads term ${event.term} without the committed entry ${required.index} of term ${term}: its log ${has}.`;
    report('leader-completeness', { sentence, against: [required.event] });
  });
  on('commit-advanced', (event, server) => {
    if (event.term < (terms[terms.length - 1] ?? 0)) {
      const wanting = checkLaterLeaders(context, event, server, terms);
      if (wanting.length > 0) terms = terms.filter((term) => !wanting.includes(term));
    }
  });
};

/** A commit of which the stream tells after the election of later terms. Returns those whose leaders lack it. */
function checkLaterLeaders(
  { cluster, report }: WatchContext,
  { to, term: committedIn }: EventOf<'commit-advanced'>,
  server: ServerView,
  terms: readonly number[],
): readonly number[] {
  const term = server.folder.log.termAt(to);
  const wanting: number[] = [];
  if (term === undefined) return wanting;
  for (let position = terms.length - 1; position >= 0; position--) {
    const later = terms[position] ?? 0;
    if (later <= committedIn) break;
    const office = cluster.offices.get(later);
    if (!office || !lacksAtElection(cluster, later, to, term)) continue;
    wanting.push(later);
    const sentence = `Node ${office.node} leads term ${later} without entry ${to} of term ${term}, which node ${server.id} has committed in term ${committedIn}.`;
    report('leader-completeness', { sentence, against: [office.event] });
  }
  return wanting;
}

/** Whether the log with which the leader of `electedIn` began lacks the entry; false where that is not known. */
function lacksAtElection({ branches }: ClusterView, electedIn: number, index: number, term: number): boolean {
  let branch = branches.get(electedIn);
  if (!branch) return false;
  if (index >= branch.firstIndex) return true;
  for (;;) {
    const { previousTerm }: { previousTerm: number } = branch;
    if (previousTerm <= term) return previousTerm >= 0 && previousTerm < term;
    branch = branches.get(previousTerm);
    if (!branch) return false;
    if (index >= branch.firstIndex) return true;
  }
}
