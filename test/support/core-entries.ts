/**
 * Log entries for tests of the core.
 */
import type { LogEntry } from '../../shared/log-entry.ts';

const made = new Map<string, LogEntry>();

/** An entry of `term` at `index`: the same one each time. */
export function entryAt(index: number, term: number): LogEntry {
  const name = `${index}:${term}`;
  const entry = made.get(name) ?? { index, term, kind: 'client', payload: new TextEncoder().encode(name) };
  made.set(name, entry);
  return entry;
}

/** A log by its terms: `[1, 1, 3]` has two entries of term 1 and one of term 3. `firstIndex` counts from 1. */
export function logOf(terms: readonly number[], firstIndex = 1): LogEntry[] {
  return terms.map((term, position) => entryAt(firstIndex + position, term));
}
