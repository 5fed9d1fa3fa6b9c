/**
 * The thread of one server: runs it and carries messages between it and who started the thread.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { required } from '../../shared/assert.ts';
import type { NodeStopCause } from '../../shared/event.ts';
import { PauseCell } from './pause-cell.ts';
import { runNode, StartError, type RunningNode } from './run-node.ts';
import type { EndCode, FromNode, NodeOptions, ToNode } from './worker-messages.ts';

const port = required(parentPort, 'node-worker runs as a worker thread');

function tell(message: FromNode): void {
  port.postMessage(message);
}

/** Says why the node has ended and lets the thread run out. */
function end(cause: NodeStopCause, code: EndCode, reason: string): void {
  tell({ type: 'ended', cause, code, reason });
  port.close();
}

const options = workerData as NodeOptions;

async function launch(): Promise<void> {
  const node = await runNode(options, {
    events: (events) => tell({ type: 'events', events }),
    answer: (requestId, result) => tell({ type: 'answer', requestId, result }),
    failed: (code, reason) => end('failed', code, reason),
  });
  port.on('message', (message: ToNode) => {
    node.follow(message.lamport ?? 0);
    take(node, message);
  });
  tell({ type: 'ready', address: node.address });
}

function take(node: RunningNode, message: ToNode): void {
  switch (message.type) {
    case 'request':
      return node.request(message.requestId, message.request, message.timeoutMs);
    case 'held-entry':
      return tell({ type: 'held-entry', requestId: message.requestId, result: node.heldEntry(message.index) });
    case 'fault-rules':
      return node.setFaultRules(message.rules);
    case 'configure':
      return node.configure(message.rulesOff, message.timings);
    case 'disk':
      return node.machine.setDisk(message.disk);
    case 'clock':
      if (message.partsPerMillion !== undefined) node.machine.setClockRate(message.partsPerMillion);
      if (message.jumpByMs !== undefined) node.machine.jumpClock(message.jumpByMs);
      return undefined;
    case 'pause':
      return pause(node);
    case 'power-cut':
      return node.machine.cutPower((lastAct) => losePower(node, lastAct));
    default:
      node.stop();
      return end('stopped', 'asked', 'It was stopped.');
  }
}

function pause(node: RunningNode): void {
  const { pause: buffer } = options;
  if (!buffer) return;
  node.flushEvents();
  tell({ type: 'paused' });
  node.follow(new PauseCell(buffer).standStill());
}

/** What was seen is told; then the thread is gone, with all that it had in memory and without a further act. */
function losePower(node: RunningNode, lastAct: string): never {
  node.flushEvents();
  end('crashed', 'asked', `Its power is gone, ${lastAct}. What was not flushed is lost or torn.`);
  process.exit();
}

try {
  await launch();
} catch (error) {
  if (!(error instanceof StartError)) throw error;
  end('failed', error.code, error.message);
}
