/**
 * `raft-lab range`: what stands in a cluster's log, through any of its nodes.
 */
import type { RaftClient } from '../../client/connect-client.ts';
import type { RangeArguments } from './client-arguments.ts';
import { entryJson, entryText } from './client-report.ts';
import { reportFailure, withClient } from './with-client.ts';
import { writeLines } from './write-out.ts';

/**
 * @returns the exit code: 0 done, 1 not done
 * @throws UsageError for a key file that holds no key
 */
export function range(args: RangeArguments): Promise<number> {
  return withClient(args, (client) => printRange(client, args));
}

/** One answer holds so much: the next one goes on from there. */
async function printRange(client: RaftClient, args: RangeArguments): Promise<number> {
  const { endIndex, read, json } = args;
  let entryCount = 0;
  let { startIndex } = args;
  for (;;) {
    const result = await client.indexRange({ startIndex, endIndex, read });
    if (!result.ok) {
      await reportFailure('range', json, result.failure);
      return 1;
    }
    const { entries, appliedIndex, continueAt } = result.value;
    await writeLines(entries.map(json ? entryJson : entryText));
    entryCount += entries.length;
    if (continueAt === undefined) {
      await writeEnd(args, entryCount, appliedIndex);
      return 0;
    }
    startIndex = continueAt;
  }
}

async function writeEnd(
  { json, startIndex, endIndex }: RangeArguments,
  entryCount: number,
  appliedIndex: number,
): Promise<void> {
  if (json) await writeLines([JSON.stringify({ entries: entryCount, applied_index: appliedIndex })]);
  else if (entryCount === 0)
    console.error(
      `raft-lab: range: no entries from ${startIndex} to ${endIndex}; all up to ${appliedIndex} is applied.`,
    );
}
