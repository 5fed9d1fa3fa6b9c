/** The logs as the matrix shows them: a row per node. What did not change stays the same object, so that nothing is drawn anew for it. */
import type { NodeId } from '../../../shared/ids.ts';
import type { RoleName, TermRun } from '../../../shared/event.ts';
import { currentLeader, type ClusterView, type NodeStatus } from '../../../shared/projection/cluster-view.ts';
import { configurationInForce } from '../../../shared/projection/membership-view.ts';
import { termAt, type NodeLog } from '../../../shared/projection/node-log.ts';
import type { NodeView } from '../../../shared/projection/node-view.ts';
import { standingOf, type Standing } from '../stage/standing.ts';

export interface MatrixRow {
  readonly id: NodeId;
  readonly node: NodeView;
  readonly role: RoleName;
  readonly status: NodeStatus;
  readonly term: number;
  readonly log: NodeLog;
  readonly standing: Standing;
  /** It leads, as far as anybody knows. */
  readonly isLeader: boolean;
  /** What the leader knows of it, of followers. */
  readonly match: number | undefined;
  readonly next: number | undefined;
}

export interface MatrixRows {
  readonly rows: readonly MatrixRow[];
  /** The log that the others are compared with: the leader's; without one, that of the node that could win. */
  readonly reference: MatrixRow | undefined;
  readonly lastIndex: number;
}

export const noRows: MatrixRows = { rows: [], reference: undefined, lastIndex: 0 };

const shownOfLog = ['firstIndex', 'lastIndex', 'persistedIndex', 'commitIndex', 'appliedIndex'] as const;
const shownOfRow = ['id', 'role', 'status', 'term', 'standing', 'isLeader', 'match', 'next'] as const;

/** The very same object as `before` where nothing changed that is drawn. */
export function matrixRows(view: ClusterView, before: MatrixRows = noRows): MatrixRows {
  const leader = currentLeader(view);
  const configuration = configurationInForce(view)?.configuration;
  const rows = view.nodes.map((node, place): MatrixRow => {
    const progress = leader && leader.id !== node.id ? leader.progress[node.id] : undefined;
    const row: MatrixRow = {
      id: node.id,
      node,
      role: node.role,
      status: node.status,
      term: node.term,
      log: node,
      standing: standingOf(node, configuration),
      isLeader: leader?.id === node.id,
      match: progress?.matchIndex,
      next: progress?.nextIndex,
    };
    const former = before.rows[place];
    return former && isSameRow(former, row) ? former : row;
  });
  const isSame = rows.length === before.rows.length && rows.every((row, place) => row === before.rows[place]);
  if (isSame) return before;
  const lastIndex = rows.reduce((most, row) => Math.max(most, row.log.lastIndex, row.log.firstIndex - 1), 0);
  return { rows, reference: rows.find((row) => row.isLeader) ?? mostUpToDate(rows), lastIndex };
}

function isSameRow(former: MatrixRow, row: MatrixRow): boolean {
  return (
    shownOfRow.every((name) => former[name] === row[name]) &&
    shownOfLog.every((name) => former.log[name] === row.log[name]) &&
    former.log.snapshot.lastIncludedTerm === row.log.snapshot.lastIncludedTerm &&
    areSameRuns(former.log.termRuns, row.log.termRuns)
  );
}

/** A view of the past is another object, of the same content. */
function areSameRuns(former: readonly TermRun[], runs: readonly TermRun[]): boolean {
  if (former === runs) return true;
  const isSame = (run: TermRun, place: number): boolean =>
    run.term === former[place]?.term && run.firstIndex === former[place].firstIndex;
  return former.length === runs.length && runs.every(isSame);
}

/** Raft §5.4.1: the later last term, or the longer log; of those that run, if any does. */
function mostUpToDate(rows: readonly MatrixRow[]): MatrixRow | undefined {
  const lastTerm = ({ log }: MatrixRow): number => termAt(log, log.lastIndex);
  const runs = ({ status }: MatrixRow): number => Number(status === 'running');
  return rows.toSorted(
    (left, right) =>
      runs(right) - runs(left) || lastTerm(right) - lastTerm(left) || right.log.lastIndex - left.log.lastIndex,
  )[0];
}
