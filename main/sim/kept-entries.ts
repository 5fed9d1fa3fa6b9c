/**
 * Whether what was acknowledged is in the logs at the end, and whether the logs are the same.
 */
import { required } from '../../shared/assert.ts';
import type { LogEntry } from '../../shared/log-entry.ts';
import type { Acknowledged } from './clients.ts';
import { numberOfPayload } from './payload.ts';
import type { SimNode } from './sim-node.ts';

const chunkBytes = 1 << 20;

/** What is missing or different, in a sentence; undefined when nothing is. What the leader has compacted is not looked for. */
export function findLoss(
  acknowledged: readonly Acknowledged[],
  leader: SimNode,
  members: readonly SimNode[],
): string | undefined {
  const log = readLog(leader);
  return findLost(acknowledged, log) ?? findDifference(members, log);
}

interface WholeLog {
  readonly entries: readonly LogEntry[];
  readonly firstIndex: number;
}

function readLog(node: SimNode): WholeLog {
  const { log } = required(node.state, 'a member runs at the end');
  const storage = required(node.storage, 'a member runs at the end');
  const firstIndex = log.base.index + 1;
  const entries: LogEntry[] = [];
  for (let index = firstIndex; index <= log.lastIndex; index = firstIndex + entries.length)
    entries.push(...storage.readEntries(index, log.lastIndex, chunkBytes));
  return { entries, firstIndex };
}

function findLost(acknowledged: readonly Acknowledged[], { entries, firstIndex }: WholeLog): string | undefined {
  for (const { firstIndex: first, term, numbers } of acknowledged) {
    for (const [position, number] of numbers.entries()) {
      const index = first + position;
      if (index < firstIndex) continue;
      const entry = entries[index - firstIndex];
      if (entry?.term === term && numberOfPayload(entry.payload) === number) continue;
      const found = entry ? `entry ${index} is another one, of term ${entry.term}` : `the log ends before ${index}`;
      return `An append was answered with index ${index} in term ${term}, and ${found}.`;
    }
  }
  return undefined;
}

function findDifference(members: readonly SimNode[], leader: WholeLog): string | undefined {
  for (const member of members) {
    const log = readLog(member);
    for (const entry of log.entries) {
      const other = leader.entries[entry.index - leader.firstIndex];
      if (!other || isSameEntry(entry, other)) continue;
      return `Entry ${entry.index} of server ${member.id} is not the leader's.`;
    }
  }
  return undefined;
}

function isSameEntry(one: LogEntry, other: LogEntry): boolean {
  return (
    one.index === other.index &&
    one.term === other.term &&
    one.kind === other.kind &&
    one.payload.byteLength === other.payload.byteLength &&
    numberOfPayload(one.payload) === numberOfPayload(other.payload)
  );
}
