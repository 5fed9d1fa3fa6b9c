/** A committed entry is never replaced or removed; what one server commits, every other commits too (Raft §5.4.2, §5.4.3). */
import type { EventOf, LabEvent } from '../../../shared/event.ts';
import type { ServerView } from '../server-view.ts';
import type { ClusterView, Watch, WatchContext } from '../watch.ts';

export const watchCommittedEntries: Watch = (context) => {
  context.on('commit-advanced', (event, server) => checkCommit(context, event, server));
  context.on('entries-truncated', (event, server) => checkTruncation(context, event, server));
  context.on('snapshot-installed', (event, server) => checkSnapshot(context, event, event, server));
  context.onAny('node-started', (event, server) => checkSnapshot(context, event, event.snapshot, server));
  context.on('snapshot-saved', (event, server) => checkSnapshot(context, event, event, server));
};

function checkCommit(
  { cluster, report }: WatchContext,
  { from, to }: EventOf<'commit-advanced'>,
  server: ServerView,
): void {
  const { log } = server.folder;
  if (to > log.lastIndex) {
    return report('committed-entries', {
      sentence: `Node ${server.id} commits up to ${to}, and its log ends at ${log.lastIndex}.`,
    });
  }
  const { committed } = cluster;
  const end = Math.min(to, committed.log.lastIndex);
  if (end <= from) return;
  // Terms never fall along a log: where the ends are of one term, all between is.
  const term = log.termAt(end);
  if (term !== undefined && term === log.termAt(from + 1) && term === committed.log.termAt(end)) {
    if (committed.log.termAt(from + 1) === term) return;
  }
  const other = firstDifference(cluster, server, from + 1, end);
  if (other === undefined) return;
  const sentence = `Node ${server.id} commits entry ${other} of term ${log.termAt(other)}, where one of term ${committed.log.termAt(other)} was committed.`;
  report('committed-entries', { sentence, against: [committed.commitOf(other)] });
}

/** The first index at which the server's log and the committed entries differ. */
function firstDifference({ committed }: ClusterView, server: ServerView, from: number, to: number): number | undefined {
  let found: number | undefined;
  const { log } = server.folder;
  committed.log.visitRuns(Math.max(from, log.baseIndex + 1), to, (term, first, last) => {
    log.visitRuns(first, last, (hereTerm, hereFirst) => {
      if (hereTerm !== term) found = hereFirst;
      return found === undefined;
    });
    return found === undefined;
  });
  return found;
}

function checkTruncation(
  { cluster, report }: WatchContext,
  event: EventOf<'entries-truncated'>,
  server: ServerView,
): void {
  const { committed } = cluster;
  const { fromIndex } = event;
  if (fromIndex <= server.commitIndex) {
    const sentence = `Node ${server.id} removes entry ${fromIndex}, and has committed up to ${server.commitIndex}.`;
    return report('committed-entries', { sentence, against: [committed.commitOf(fromIndex)] });
  }
  // A server of an older term may not know that the entry was committed since, and may remove its copy: only from the
  // term in which it was committed on do all leaders have it.
  const known = committed.requiredOf(server.term + 1);
  const term = server.folder.log.termAt(fromIndex);
  if (!known || fromIndex > known.index || term === undefined || term !== committed.log.termAt(fromIndex)) return;
  const sentence = `Node ${server.id} removes entry ${fromIndex} of term ${term} in term ${server.term}, and it was committed.`;
  report('committed-entries', { sentence, against: [committed.commitOf(fromIndex), known.event] });
}

function checkSnapshot(
  { cluster, report }: WatchContext,
  _event: LabEvent,
  { lastIncludedIndex, lastIncludedTerm }: { readonly lastIncludedIndex: number; readonly lastIncludedTerm: number },
  { id }: ServerView,
): void {
  const { committed } = cluster;
  const term = committed.log.termAt(lastIncludedIndex);
  if (lastIncludedIndex === 0 || term === undefined || term === lastIncludedTerm) return;
  const sentence = `A snapshot on node ${id} ends with entry ${lastIncludedIndex} of term ${lastIncludedTerm}, where one of term ${term} was committed.`;
  report('committed-entries', { sentence, against: [committed.commitOf(lastIncludedIndex)] });
}
