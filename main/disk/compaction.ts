/**
 * Segments leave the log: those whose entries a snapshot holds, or all of them when the log begins anew behind one.
 * The snapshot is durable before; and a removal that is interrupted anywhere leaves a log that opens.
 */
import { AssertionError } from '../../shared/assert.ts';
import type { Files } from '../ports.ts';
import type { LogState } from './log-state.ts';
import { segmentName } from './segment.ts';
import type { LogPosition } from './term-runs.ts';
import type { Wal } from './wal.ts';

/** Removes the segments that hold nothing behind `index`. */
export function compactLog(files: Files, wal: Wal, state: LogState, index: number): void {
  const first = state.firstSegmentBehind(index);
  const dropped = first === undefined ? [] : state.dropBefore(first);
  const last = dropped.pop();
  if (last === undefined) return;
  wal.forget([...dropped, last]);
  // First the one before those that stay, durably: from then on a gap says where the log begins.
  const isCut = tryToRemove(() => {
    files.remove(segmentName(last));
    files.syncFolder();
  });
  if (isCut) removeSegments(files, dropped);
}

/** The log goes on behind `base`, without anything before it. Durable when it returns. */
export function restartLog(files: Files, wal: Wal, state: LogState, base: LogPosition): void {
  wal.restart(base, state.hardState);
  const dropped = state.restart(base, wal.segment);
  wal.forget(dropped);
  removeSegments(files, dropped);
}

/** Segments that are no part of the log any more. */
export function removeSegments(files: Files, segments: readonly number[]): void {
  for (const segment of segments) tryToRemove(() => files.remove(segmentName(segment)));
}

/** What can't be removed now (another program reads it) is no danger, and goes at the next opening. */
function tryToRemove(act: () => void): boolean {
  try {
    act();
    return true;
  } catch (error) {
    if (error instanceof AssertionError) throw error;
    return false;
  }
}
