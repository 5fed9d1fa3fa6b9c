/**
 * Three real nodes under strace, with appends through each; then what their threads asked of the system is checked.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'uuid';
import { readStart, type NodeList } from '../node/read-start.ts';
import { checkDurability, type DurabilityReport } from './durability-check.ts';
import { NodeProcess } from './node-process.ts';
import { readTrace, straceWords } from './traced-calls.ts';
import { promiseIn } from './traced-promise.ts';

export interface DurabilityRunOptions {
  readonly nodes: NodeList;
  /** For folders and traces. */
  readonly folder: string;
  readonly appends: number;
  /** Appends that are open at a time. */
  readonly outstanding: number;
}

/** True where strace can be run. It may be there and not be allowed to trace. */
export function hasStrace(): boolean {
  return spawnSync('strace', ['-o', '/dev/null', process.execPath, '-e', '0']).status === 0;
}

/** @throws Error when an append fails. */
export async function runUnderStrace(options: DurabilityRunOptions): Promise<DurabilityReport> {
  const { nodes, folder, appends, outstanding } = options;
  const processes: NodeProcess[] = [];
  try {
    for (const [id] of nodes) {
      const start = { id, nodes, folder: join(folder, `node-${id}`) };
      processes.push(await NodeProcess.start(start, straceWords(join(folder, `trace-${id}`))));
    }
    let serial = 0;
    const client = async (): Promise<void> => {
      while (serial < appends) {
        serial += 1;
        const result = await processes[serial % processes.length]?.append({
          entries: [`append ${serial}`.padEnd(64, '.')],
        });
        if (result?.ok === false) throw new Error(`append ${serial}: ${result.failure.message}`);
      }
    };
    await Promise.all(Array.from({ length: outstanding }, client));
    for (const node of processes) await node.close();
  } finally {
    for (const node of processes) await node.kill();
  }
  return checkTraces(folder, nodes);
}

/** All threads of all nodes: one of each node writes and sends, the others neither. */
function checkTraces(folder: string, nodes: NodeList): DurabilityReport {
  const start = readStart(nodes[0]?.[0] ?? 0, nodes, {});
  if (!start.ok) throw new Error(start.failure.message);
  const clusterId = parse(start.value.clusterId);
  const reports = readdirSync(folder)
    .filter((name) => name.startsWith('trace-'))
    .map((name) =>
      checkDurability(readTrace(readFileSync(join(folder, name), 'utf8')), (bytes) => promiseIn(bytes, clusterId)),
    );
  return {
    acknowledgements: sum(reports.map((report) => report.acknowledgements)),
    votes: sum(reports.map((report) => report.votes)),
    flushes: sum(reports.map((report) => report.flushes)),
    problems: reports.flatMap((report) => report.problems),
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
