/** Starts the worker that keeps the log. */
import type { FromLog, LogPort, ToLog } from './log-messages.ts';

export function openLogWorker(): LogPort {
  const worker = new Worker(new URL('./log-worker.ts', import.meta.url), { type: 'module', name: 'logs' });
  return {
    post: (message: ToLog, transfer) => worker.postMessage(message, transfer ? [transfer] : []),
    onMessage: (handler) => worker.addEventListener('message', (event: MessageEvent<FromLog>) => handler(event.data)),
    onFailure(handler) {
      worker.addEventListener('error', (event) => handler(event.message));
      worker.addEventListener('messageerror', () => handler('A message could not be read.'));
    },
  };
}
