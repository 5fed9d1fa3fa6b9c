/**
 * The thread of one server: runs it and carries messages between it and who started the thread.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { required } from '../../shared/assert.ts';
import { runNode, StartError } from './run-node.ts';
import type { EndCode, FromNode, NodeOptions, ToNode } from './worker-messages.ts';

const port = required(parentPort, 'node-worker runs as a worker thread');

function tell(message: FromNode): void {
  port.postMessage(message);
}

/** Says why the node has ended and lets the thread run out. */
function end(cause: 'stopped' | 'failed', code: EndCode, reason: string): void {
  tell({ type: 'ended', cause, code, reason });
  port.close();
}

async function launch(): Promise<void> {
  const node = await runNode(workerData as NodeOptions, {
    events: (events) => tell({ type: 'events', events }),
    answer: (requestId, result) => tell({ type: 'answer', requestId, result }),
    failed: (code, reason) => end('failed', code, reason),
  });
  port.on('message', (message: ToNode) => {
    node.follow(message.lamport ?? 0);
    if (message.type === 'request') node.request(message.requestId, message.request, message.timeoutMs);
    else if (message.type === 'fault-rules') node.setFaultRules(message.rules);
    else if (message.type === 'configure') node.configure(message.rulesOff, message.timings);
    else {
      node.stop();
      end('stopped', 'asked', 'It was stopped.');
    }
  });
  tell({ type: 'ready', address: node.address });
}

try {
  await launch();
} catch (error) {
  if (!(error instanceof StartError)) throw error;
  end('failed', error.code, error.message);
}
