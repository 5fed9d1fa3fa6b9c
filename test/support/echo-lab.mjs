/**
 * A lab without a cluster, for tests of the hosts: a real worker thread that speaks main/bridge/host-messages.ts and sends each
 * frame back. `workerData.folder` says how it behaves: `crash` at once, `deaf` to the wish to stop, anything else well.
 */
import { parentPort, workerData } from 'node:worker_threads';

if (parentPort === null) throw new Error('echo-lab.mjs runs as a worker thread.');
const host = parentPort;

if (workerData.folder === 'crash') throw new Error('the disk is on fire');

host.on('message', (message) => {
  if (message.type === 'connect') {
    message.port.on('message', (frame) => message.port.postMessage(frame));
    message.port.on('close', () => host.postMessage({ type: 'notice', text: 'a page has left' }));
  } else if (workerData.folder !== 'deaf') {
    host.postMessage({ type: 'ended' });
    host.close();
  }
});
host.postMessage({ type: 'notice', text: `${workerData.nodes} nodes` });
host.postMessage({ type: 'ready' });
