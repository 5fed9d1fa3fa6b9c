/**
 * A server's log as it stands: a pure fold over the events that move its ends, its marks and its snapshot.
 */
import type { LabEvent, TermRun } from '../event.ts';

/** What a snapshot covers; (0, 0) without one. */
export interface SnapshotPoint {
  readonly lastIncludedIndex: number;
  readonly lastIncludedTerm: number;
}

/** A snapshot that a leader sends, as far as it has come. Bytes. */
export interface IncomingSnapshot {
  readonly lastIncludedIndex: number;
  readonly nextOffset: number;
  readonly totalBytes: number;
}

/** Entries that conflicted with a leader's and were removed (Raft §5.3). */
export interface Removal {
  readonly fromIndex: number;
  readonly lastIndex: number;
  /** Of what was removed. */
  readonly termRuns: readonly TermRun[];
}

export interface NodeLog {
  /** The first entry that is still held; what is before it is in the snapshot. */
  readonly firstIndex: number;
  readonly lastIndex: number;
  readonly persistedIndex: number;
  readonly commitIndex: number;
  readonly appliedIndex: number;
  /** Of the entries that are held. */
  readonly termRuns: readonly TermRun[];
  readonly snapshot: SnapshotPoint;
  readonly incoming: IncomingSnapshot | null;
  /** The latest one since it was started. */
  readonly removed: Removal | null;
}

export const emptyLog: NodeLog = {
  firstIndex: 1,
  lastIndex: 0,
  persistedIndex: 0,
  commitIndex: 0,
  appliedIndex: 0,
  termRuns: [],
  snapshot: { lastIncludedIndex: 0, lastIncludedTerm: 0 },
  incoming: null,
  removed: null,
};

/** The log that a start finds on disk: it begins behind what was compacted, and what the snapshot covers is committed. */
export function logOnDisk(lastIndex: number, termRuns: readonly TermRun[], snapshot: SnapshotPoint): NodeLog {
  return {
    firstIndex: termRuns[0]?.firstIndex ?? lastIndex + 1,
    lastIndex,
    persistedIndex: lastIndex,
    commitIndex: snapshot.lastIncludedIndex,
    appliedIndex: snapshot.lastIncludedIndex,
    termRuns,
    snapshot,
    incoming: null,
    removed: null,
  };
}

/** The term of the entry at `index`, or of the snapshot that ends there; 0 when neither is held. */
export function termAt({ termRuns, snapshot }: Pick<NodeLog, 'termRuns' | 'snapshot'>, index: number): number {
  const term = termRuns.findLast((run) => run.firstIndex <= index)?.term ?? 0;
  return term === 0 && index === snapshot.lastIncludedIndex ? snapshot.lastIncludedTerm : term;
}

/** One step of the fold, over any state that has a log. The very same object when nothing changed. */
export function projectLog<State extends NodeLog>(log: State, event: LabEvent): State {
  switch (event.type) {
    case 'entries-appended':
      return {
        ...log,
        lastIndex: event.lastIndex,
        termRuns:
          log.termRuns.at(-1)?.term === event.term
            ? log.termRuns
            : [...log.termRuns, { term: event.term, firstIndex: event.firstIndex }],
      };
    case 'entries-truncated':
      return {
        ...log,
        lastIndex: event.fromIndex - 1,
        persistedIndex: Math.min(log.persistedIndex, event.fromIndex - 1),
        termRuns: log.termRuns.filter((run) => run.firstIndex < event.fromIndex),
        removed: removedFrom(log, event.fromIndex),
      };
    case 'entries-persisted':
      return { ...log, persistedIndex: Math.min(event.lastIndex, log.lastIndex) };
    case 'commit-advanced':
      return { ...log, commitIndex: event.to };
    case 'entries-applied':
      return { ...log, appliedIndex: event.to };
    case 'snapshot-saved':
      return { ...log, snapshot: pointOf(event) };
    case 'snapshot-restored':
      return { ...log, appliedIndex: event.lastIncludedIndex };
    case 'snapshot-chunk-taken': {
      const { lastIncludedIndex, nextOffset, totalBytes } = event;
      return { ...log, incoming: { lastIncludedIndex, nextOffset, totalBytes } };
    }
    case 'snapshot-interrupted':
      return { ...log, incoming: null };
    case 'snapshot-installed':
      return installed(log, pointOf(event));
    case 'log-compacted':
      return beginningBehind(log, event.lastIncludedIndex);
    default:
      return log;
  }
}

function removedFrom({ termRuns, lastIndex }: NodeLog, fromIndex: number): Removal {
  const gone = termRuns.flatMap((run, i) => {
    const next = termRuns[i + 1]?.firstIndex ?? lastIndex + 1;
    return next > fromIndex ? [{ term: run.term, firstIndex: Math.max(run.firstIndex, fromIndex) }] : [];
  });
  return { fromIndex, lastIndex, termRuns: gone };
}

function pointOf({ lastIncludedIndex, lastIncludedTerm }: SnapshotPoint): SnapshotPoint {
  return { lastIncludedIndex, lastIncludedTerm };
}

/** The log behind the snapshot stays if it holds the snapshot's last entry, and goes otherwise (Raft Figure 13, 6 and 7). */
function installed<State extends NodeLog>(log: State, snapshot: SnapshotPoint): State {
  const { lastIncludedIndex, lastIncludedTerm } = snapshot;
  const isKept = log.lastIndex >= lastIncludedIndex && termAt(log, lastIncludedIndex) === lastIncludedTerm;
  const rest = isKept ? log : { ...log, lastIndex: lastIncludedIndex, termRuns: [] };
  return beginningBehind(
    {
      ...rest,
      snapshot,
      incoming: null,
      persistedIndex: Math.min(log.persistedIndex, rest.lastIndex),
      commitIndex: Math.max(log.commitIndex, lastIncludedIndex),
    },
    lastIncludedIndex,
  );
}

function beginningBehind<State extends NodeLog>(log: State, index: number): State {
  const firstIndex = Math.max(log.firstIndex, index + 1);
  const termRuns = log.termRuns
    .filter((run, i) => (log.termRuns[i + 1]?.firstIndex ?? log.lastIndex + 1) > firstIndex)
    .map((run) => (run.firstIndex < firstIndex ? { ...run, firstIndex } : run));
  return { ...log, firstIndex, termRuns };
}
