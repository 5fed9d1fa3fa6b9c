/** A MessagePort of worker_threads as a `FrameChannel`. */
import type { MessagePort } from 'node:worker_threads';
import type { FrameChannel } from '../../shared/bridge.ts';

export function portChannel(port: MessagePort): FrameChannel {
  return {
    send: (frame) => port.postMessage(frame),
    onFrame: (handler) => {
      // What is no frame is handed in as an empty one, which nobody can read: it counts as bad.
      port.on('message', (data: unknown) => handler(data instanceof Uint8Array ? data : new Uint8Array(0)));
      port.on('messageerror', () => handler(new Uint8Array(0)));
    },
    onClose: (handler) => void port.on('close', handler),
    close: () => port.close(),
  };
}
