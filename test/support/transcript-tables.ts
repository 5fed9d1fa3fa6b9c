/**
 * Tables of transcripts: what each server is and what its log holds.
 */
import { describeConfiguration } from '../../shared/configuration.ts';
import type { NodeId } from '../../shared/ids.ts';
import type { LogEntry } from '../../shared/log-entry.ts';
import { configurationOf, knownLeader } from '../../main/raft/state.ts';
import type { CoreNode } from './core-node.ts';
import { payloadText } from './transcript-words.ts';

/** One row per server. */
export function stateTable(nodes: readonly CoreNode[]): string[] {
  const head = ['node', 'role', 'term', 'vote', 'leader', 'log ends', 'on disk', 'commit', 'configuration'];
  return table([head, ...nodes.map((node) => [`${node.id}`, node.role, ...(node.state ? rowOf(node) : restOf(node))])]);
}

function rowOf({ core, log }: CoreNode): string[] {
  const last = log.at(-1);
  const place = (id: NodeId | null): string => (id === null ? '-' : `${id}`);
  return [
    `${core.term}`,
    place(core.votedFor),
    place(knownLeader(core)),
    last ? `${last.index}:${last.term}` : '-',
    `${core.persistedIndex}`,
    `${core.commitIndex}`,
    describeConfiguration(configurationOf(core)),
  ];
}

/** What the disk of a server has that is down. */
function restOf({ disk }: CoreNode): string[] {
  return [`${disk.term}`, `${disk.votedFor ?? '-'}`, '-', '-', `${disk.log.length}`, '-', '-'];
}

/** One row per server, one column per index: `2 foo` for an entry of term 2. `?`: not known to be committed. `[ ]`: compacted. */
export function logTable(nodes: readonly CoreNode[]): string[] {
  const logOf = ({ state, log, disk }: CoreNode): readonly LogEntry[] => (state ? log : disk.log);
  const length = Math.max(...nodes.map((node) => logOf(node).length));
  const head = ['node', ...Array.from({ length }, (_, position) => `${position + 1}`)];
  return table([head, ...nodes.map((node) => [`${node.id}`, ...logOf(node).map((entry) => cellOf(node, entry))])]);
}

function cellOf({ compacted, state, disk }: CoreNode, entry: LogEntry): string {
  const text = `${entry.term} ${payloadText(entry)}`.trimEnd();
  if (entry.index <= compacted) return `[${text}]`;
  return entry.index <= (state?.commitIndex ?? disk.compacted) ? text : `${text}?`;
}

function table(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
