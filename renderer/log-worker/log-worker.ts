/** The worker that keeps the log: messages are those of log-messages.ts. */
import { limits } from '../../shared/cluster-config.ts';
import { runLog } from './log-loop.ts';
import type { ToLog } from './log-messages.ts';

// Behind what has arrived already, and without the delay that browsers give to nested timers.
const turns = new MessageChannel();
const waiting: (() => void)[] = [];
turns.port1.addEventListener('message', () => waiting.shift()?.());
turns.port1.start();

const take = runLog((message) => self.postMessage(message), limits.pageLogLinesMax, {
  nowMs: () => performance.now(),
  soon(work) {
    waiting.push(work);
    turns.port2.postMessage(null);
  },
  after: (delayMs, work) => void setTimeout(work, delayMs),
});

self.addEventListener('message', (event: MessageEvent<ToLog>) => take(event.data));
