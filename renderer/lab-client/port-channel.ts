/** The desktop's door: a MessagePort that the preload script posts to the page. */
import { desktopPortMessage, type RaftLabDesktop } from '../../shared/door.ts';
import { text } from '../text/connection.ts';
import { DoorError, type OpenDoor, type PageChannel } from './page-channel.ts';

declare global {
  interface Window {
    /** There only on the desktop. */
    readonly raftLabDesktop?: RaftLabDesktop;
  }
}

/** Made before the document has loaded: the first port comes unasked, later ones on `connect()`. */
export function portDoor(desktop: RaftLabDesktop, page: Window): OpenDoor {
  let waiting: MessagePort | undefined;
  let hand: ((port: MessagePort) => void) | undefined;
  let first = true;

  page.addEventListener('message', (event: MessageEvent<unknown>) => {
    const port = event.ports[0];
    if (!port || event.source !== page || !isPortMessage(event.data)) return;
    if (hand) hand(port);
    else waiting = port;
    hand = undefined;
  });

  return async () => {
    const port = new Promise<MessagePort>((resolve) => {
      if (waiting) resolve(waiting);
      else hand = resolve;
      waiting = undefined;
    });
    if (!first) {
      await desktop.connect().catch(() => {
        hand = undefined;
        throw new DoorError({ final: false, reason: text.labEnded });
      });
    }
    first = false;
    return channelOver(await port);
  };
}

function isPortMessage(data: unknown): boolean {
  return typeof data === 'object' && data !== null && 'type' in data && data.type === desktopPortMessage;
}

function channelOver(port: MessagePort): PageChannel {
  let ended: (() => void) | undefined;
  return {
    send: (frame) => port.postMessage(frame),
    onFrame: (handler) => {
      port.addEventListener('message', (event: MessageEvent<unknown>) => {
        if (event.data instanceof Uint8Array) handler(event.data);
      });
      port.start();
    },
    onClose: (handler) => {
      ended = () => {
        ended = undefined;
        handler({ final: false, reason: '' });
      };
      port.addEventListener('close', () => ended?.());
    },
    // Closing one's own end fires no event here.
    close: () => {
      port.close();
      ended?.();
    },
  };
}
