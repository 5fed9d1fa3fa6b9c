/**
 * If two logs contain an entry with the same index and term, then they are identical up to it (Raft §5.3, Figure 3).
 *
 * Entries of a term are made by its one leader behind the log that it had: so in every log they begin at the same index
 * and behind an entry of the same term. By induction over the terms that is the whole property, as far as terms can show
 * it; that the contents are the same too is what the digests of `state-machine-safety` say.
 */
import type { LabEvent } from '../../../shared/event.ts';
import { recoveredLog, type ServerView } from '../server-view.ts';
import type { Watch, WatchContext } from '../watch.ts';

export const watchLogMatching: Watch = (context) => {
  const { on, onAny, report } = context;
  on('entries-appended', (event, server) => {
    const { log } = server.folder;
    const { firstIndex, term } = event;
    if (firstIndex !== log.lastIndex + 1) {
      const sentence = `Node ${server.id} appends entry ${firstIndex}, and its log ends at ${log.lastIndex}.`;
      report('log-matching', { sentence });
    } else if (term !== log.lastTerm) {
      checkBranch(context, server, event, { firstIndex, previousTerm: log.lastTerm, term });
    }
  });
  onAny('node-started', (event, server) => {
    const log = recoveredLog(event);
    let previousTerm = log.baseTerm;
    log.visitRuns(log.baseIndex + 1, log.lastIndex, (term, firstIndex) => {
      if (term !== previousTerm && previousTerm >= 0)
        checkBranch(context, server, event, { firstIndex, previousTerm, term });
      previousTerm = term;
      return true;
    });
  });
};

function checkBranch(
  { cluster, report, lose }: WatchContext,
  { id }: ServerView,
  event: LabEvent,
  { firstIndex, previousTerm, term }: { firstIndex: number; previousTerm: number; term: number },
): void {
  const { branches } = cluster;
  if (term < previousTerm) {
    return report('log-matching', {
      sentence: `Node ${id} holds entry ${firstIndex} of term ${term} behind one of term ${previousTerm}.`,
    });
  }
  const known = branches.get(term);
  if (!known) {
    if (branches.mayBeForgotten(term)) lose('log-matching', `where term ${term} begins is forgotten`);
    else branches.set(term, { firstIndex, previousTerm, event });
    return;
  }
  const sameTerm = previousTerm < 0 || known.previousTerm < 0 || known.previousTerm === previousTerm;
  if (known.firstIndex === firstIndex && sameTerm) return;
  const there = `at ${known.firstIndex} behind term ${known.previousTerm}`;
  report('log-matching', {
    sentence: `Entries of term ${term} begin at ${firstIndex} behind term ${previousTerm} on node ${id}, and ${there} on node ${known.event.node}.`,
    against: [known.event],
  });
}
