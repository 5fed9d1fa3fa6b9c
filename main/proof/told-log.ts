/**
 * The log that a cluster ends with, against what its clients were told.
 */
import type { RangeEntry } from '../../shared/client-request.ts';
import type { NodeId } from '../../shared/ids.ts';
import type { NodeProcess } from './node-process.ts';

/** Where an append stands, by its answer. */
export interface Acknowledged {
  readonly index: number;
  readonly term: number;
}

export function textOf({ payload }: RangeEntry): string {
  return new TextDecoder().decode(payload);
}

/** All client entries, as a read that is confirmed sees them. */
export async function readLog(node: NodeProcess): Promise<RangeEntry[]> {
  const entries: RangeEntry[] = [];
  for (let startIndex = 1; ;) {
    const result = await node.indexRange({ startIndex, endIndex: Number.MAX_SAFE_INTEGER });
    if (!result.ok) throw new Error(`the log could not be read: ${result.failure.message}`);
    entries.push(...result.value.entries);
    if (result.value.continueAt === undefined) return entries;
    startIndex = result.value.continueAt;
  }
}

/** What a node's log says against what clients were told. */
export function findProblems(
  id: NodeId,
  log: readonly RangeEntry[],
  acknowledged: ReadonlyMap<string, Acknowledged>,
  unknown: ReadonlySet<string>,
): string[] {
  const problems: string[] = [];
  const places = new Map<string, RangeEntry>();
  for (const entry of log) {
    const text = textOf(entry);
    if (places.has(text))
      problems.push(`node ${id} holds "${text}" twice, at ${places.get(text)?.index} and ${entry.index}`);
    if (!acknowledged.has(text) && !unknown.has(text))
      problems.push(`node ${id} holds "${text}", which nobody appended`);
    places.set(text, entry);
  }
  for (const [text, { index, term }] of acknowledged) {
    const entry = places.get(text);
    if (entry?.index === index && entry.term === term) continue;
    const instead = entry ? `it stands at ${entry.index} of term ${entry.term}` : 'it is gone';
    problems.push(`node ${id}: "${text}" was acknowledged at ${index} of term ${term}, but ${instead}`);
  }
  return problems;
}

export function isSameLog(left: readonly RangeEntry[], right: readonly RangeEntry[]): boolean {
  return (
    left.length === right.length &&
    left.every((entry, at) => {
      const other = right[at];
      return other?.index === entry.index && other.term === entry.term && textOf(other) === textOf(entry);
    })
  );
}
