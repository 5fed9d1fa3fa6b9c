/** Shows the stream what every server holds at the end: the checks hold it against everything that clients were told. */
import type { NodeId } from '../../../shared/ids.ts';
import type { LabPort } from '../../lab-port.ts';
import { executed } from './executed.ts';

/**
 * Reads all logs from their first entry to their last, confirmed.
 * @returns how many entries of clients each holds, or why it could not be read
 */
export async function readLogs(port: LabPort, nodes: readonly NodeId[]): Promise<(number | string)[]> {
  const counts: (number | string)[] = [];
  for (const node of nodes) counts.push(await readLog(port, node));
  return counts;
}

async function readLog(port: LabPort, node: NodeId): Promise<number | string> {
  let count = 0;
  for (let startIndex = 1; ;) {
    const range = { type: 'index-range', node, startIndex, endIndex: Number.MAX_SAFE_INTEGER } as const;
    const result = await executed(port, range);
    if (!result.ok) return `The log of node ${node} could not be read: ${result.failure.message}`;
    count += result.value.entries.length;
    if (result.value.continueAt === undefined) return count;
    startIndex = result.value.continueAt;
  }
}
