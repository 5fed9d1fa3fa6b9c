/** Shows the stream what every server holds at the end: the checks hold it against everything that clients were told. */
import type { NodeId } from '../../../shared/ids.ts';
import type { LabPort } from '../../lab-port.ts';
import { executed } from './executed.ts';

/** So few at a time stand in the stream with what was read, however many answers there are. */
const entriesPerRead = 100;

/**
 * Reads all logs from their first entry to their last, confirmed.
 * @returns how many entries of clients each holds, or why it could not be read
 */
export function readLogs(port: LabPort, nodes: readonly NodeId[]): Promise<(number | string)[]> {
  return Promise.all(nodes.map((node) => readLog(port, node)));
}

async function readLog(port: LabPort, node: NodeId): Promise<number | string> {
  let count = 0;
  for (let startIndex = 1; ; startIndex += entriesPerRead) {
    const endIndex = startIndex + entriesPerRead - 1;
    const result = await executed(port, { type: 'index-range', node, startIndex, endIndex });
    if (!result.ok) return `The log of node ${node} could not be read: ${result.failure.message}`;
    count += result.value.entries.length;
    if (result.value.appliedIndex <= endIndex) return count;
  }
}
