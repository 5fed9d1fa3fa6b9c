/** The worker that keeps the log: messages are those of log-messages.ts. */
import { limits } from '../../shared/cluster-config.ts';
import { makeSoon } from '../lab-client/soon.ts';
import { runLog } from './log-loop.ts';
import type { ToLog } from './log-messages.ts';

const take = runLog((message) => self.postMessage(message), limits.pageLogLinesMax, {
  nowMs: () => performance.now(),
  soon: makeSoon(),
  after: (delayMs, work) => void setTimeout(work, delayMs),
});

self.addEventListener('message', (event: MessageEvent<ToLog>) => take(event.data));
