/**
 * The thread of one server of the benchmark: the same server as everywhere, but nobody listens to its events; and it can
 * be driven from inside its thread, as a program with Raft built in would do it.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { required } from '../../shared/assert.ts';
import type { LabEvent } from '../../shared/event.ts';
import { RisingMap } from '../../shared/rising-map.ts';
import { runNode, type RunningNode } from '../node/run-node.ts';
import type { BenchNodeData, FromBenchNode, ToBenchNode } from './bench-messages.ts';
import { Load, type LoadOptions } from './load.ts';

const port = required(parentPort, 'bench-node runs as a worker thread');
const requestTimeoutMs = 30_000;
const waiting = new RisingMap<(failure?: string) => void>();
let requests = 0;

function tell(message: FromBenchNode): void {
  port.postMessage(message);
}

function watch(events: readonly LabEvent[]): void {
  for (const event of events)
    if (event.type === 'role-changed') tell({ type: 'leading', isLeader: event.to === 'leader' });
}

async function load(node: RunningNode, options: LoadOptions): Promise<void> {
  const result = await new Load(options, (payload, done) => {
    requests += 1;
    waiting.set(requests, done);
    node.request(String(requests), { kind: 'append', entries: [payload] }, requestTimeoutMs);
  }).run();
  tell({ type: 'loaded', result });
}

function measure(): void {
  globalThis.gc?.();
  const { heapUsed: heapBytes, external: externalBytes } = process.memoryUsage();
  tell({ type: 'measured', heapBytes, externalBytes });
}

const node = await runNode(workerData as BenchNodeData, {
  wants: ({ type }) => type === 'role-changed',
  events: watch,
  answer(requestId, result) {
    const done = waiting.get(Number(requestId));
    waiting.delete(Number(requestId));
    done?.(result.ok ? undefined : result.failure.message);
  },
  failed: (_code, reason) => tell({ type: 'failed', reason }),
});
port.on('message', (message: ToBenchNode) => {
  if (message.type === 'load') void load(node, message.options);
  else if (message.type === 'measure') measure();
  else {
    node.stop();
    tell({ type: 'stopped' });
    port.close();
  }
});
tell({ type: 'ready' });
