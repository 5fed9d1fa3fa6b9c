/**
 * One page's WebSocket and its port to the lab, tied together: frames both ways, and the end of one ends the other.
 */
import type { MessagePort } from 'node:worker_threads';
import type { RawData, WebSocket } from 'ws';
import { limits } from '../../../shared/cluster-config.ts';
import { doorClose } from '../../../shared/door.ts';
import { exactBytes } from '../frame-bytes.ts';

/**
 * Passes frames until either side closes. A page that does not read is cut off once `bufferedBytesMax` bytes wait for it:
 * it connects again and begins at a snapshot, so nothing is lost but its patience.
 */
export function pipePage(
  socket: WebSocket,
  port: MessagePort,
  bufferedBytesMax: number = limits.pageBufferedBytesMax,
): void {
  socket.on('message', (data: RawData, isBinary: boolean) => {
    if (isBinary) port.postMessage(frameOf(data));
    else socket.close(1003, 'binary frames only');
  });
  socket.on('close', () => port.close());
  // What is wrong with a socket (a frame over the limit, bad UTF-8) closes it as well.
  socket.on('error', () => socket.terminate());
  port.on('message', (frame: Uint8Array) => {
    socket.send(frame);
    // A close frame would wait behind everything else.
    if (socket.bufferedAmount > bufferedBytesMax) socket.terminate();
  });
  port.on('close', () => socket.close(doorClose.labEnded, 'the lab has closed this page’s connection'));
}

/** ws gives a message as one Buffer, which may lie in a pool, or (never by default) in parts. */
function frameOf(data: RawData): Uint8Array {
  if (Array.isArray(data)) return exactBytes(Buffer.concat(data));
  return data instanceof ArrayBuffer ? new Uint8Array(data) : exactBytes(data);
}
