/** The browser's door: a WebSocket to the host that served the page, with the token from the address as second subprotocol. */
import { doorClose, doorPath, doorProtocol } from '../../shared/door.ts';
import { text } from '../text/connection.ts';
import { DoorError, type ChannelEnding, type OpenDoor, type PageChannel } from './page-channel.ts';

/** Makes the opener for `location`; without a token in its fragment the door is shut for good. */
export function socketDoor(location: Pick<Location, 'host' | 'hash' | 'protocol'>): OpenDoor {
  return () => {
    const token = location.hash.slice(1);
    if (token === '') return Promise.reject(new DoorError({ final: true, reason: text.noToken }));
    const scheme = location.protocol === 'https:' ? 'wss:' : 'ws:';
    const socket = new WebSocket(`${scheme}//${location.host}${doorPath}`, [doorProtocol, token]);
    socket.binaryType = 'arraybuffer';
    return new Promise((resolve, reject) => {
      socket.addEventListener('open', () => resolve(channelOver(socket)), { once: true });
      // After `open` this promise is settled and the rejection has no effect; the channel reports the end.
      socket.addEventListener('close', (event) => reject(new DoorError(endingOf(event.code))), { once: true });
    });
  };
}

function channelOver(socket: WebSocket): PageChannel {
  return {
    send: (frame) => {
      if (socket.readyState === socket.OPEN) socket.send(new Uint8Array(frame));
    },
    onFrame: (handler) => {
      socket.addEventListener('message', (event: MessageEvent<unknown>) => {
        if (event.data instanceof ArrayBuffer) handler(new Uint8Array(event.data));
      });
    },
    onClose: (handler) => socket.addEventListener('close', (event) => handler(endingOf(event.code)), { once: true }),
    close: () => socket.close(),
  };
}

function endingOf(code: number): ChannelEnding {
  switch (code) {
    case doorClose.wrongToken:
      return { final: true, reason: text.wrongToken };
    case doorClose.tooManyPages:
      return { final: false, reason: text.tooManyPages };
    case doorClose.labEnded:
      return { final: false, reason: text.labEnded };
    default:
      return { final: false, reason: '' };
  }
}
