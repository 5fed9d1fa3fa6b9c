/** The logs of all servers at the end, read from each of them. */
import type { RangeEntry } from '../../../shared/client-request.ts';
import type { NodeId } from '../../../shared/ids.ts';
import type { LabPort } from '../../lab-port.ts';
import { findProblems, isSameLog, textOf } from '../told-log.ts';
import { executed } from './executed.ts';
import type { ToldAppends } from './told-appends.ts';

export interface JudgedLogs {
  readonly entries: number;
  /** Appends of unknown outcome that stand in the log. */
  readonly unknownThere: number;
  /** A sentence each. */
  readonly problems: readonly string[];
}

/** Nobody writes meanwhile. */
export async function judgeLogs(port: LabPort, nodes: readonly NodeId[], told: ToldAppends): Promise<JudgedLogs> {
  const problems: string[] = [];
  let first: readonly RangeEntry[] | undefined;
  for (const node of nodes) {
    const log = await readLog(port, node);
    if (!first) {
      first = log;
      problems.push(...findProblems(node, log, told.acknowledged, told.unknown));
    } else if (!isSameLog(first, log)) {
      problems.push(`node ${node} holds another log than node ${nodes[0]}: ${describeDifference(first, log)}`);
    }
  }
  const texts = new Set(first?.map(textOf));
  const unknownThere = [...told.unknown].filter((text) => texts.has(text)).length;
  return { entries: first?.length ?? 0, unknownThere, problems };
}

/** By the server's own word: the point is what each of them holds. */
async function readLog(port: LabPort, node: NodeId): Promise<RangeEntry[]> {
  const entries: RangeEntry[] = [];
  for (let startIndex = 1; ;) {
    const range = { type: 'index-range', node, startIndex, endIndex: Number.MAX_SAFE_INTEGER, read: 'local' } as const;
    const result = await executed(port, range);
    if (!result.ok) throw new Error(`the log of node ${node} could not be read: ${result.failure.message}`);
    entries.push(...result.value.entries);
    if (result.value.continueAt === undefined) return entries;
    startIndex = result.value.continueAt;
  }
}

function describeDifference(left: readonly RangeEntry[], right: readonly RangeEntry[]): string {
  const at = left.findIndex((entry, position) => {
    const other = right[position];
    return other?.index !== entry.index || other.term !== entry.term || textOf(other) !== textOf(entry);
  });
  if (at < 0) return `${left.length} entries against ${right.length}`;
  const name = (entry: RangeEntry | undefined): string =>
    entry ? `"${textOf(entry)}" at ${entry.index} of term ${entry.term}` : 'nothing';
  return `${name(left[at])} against ${name(right[at])}`;
}
