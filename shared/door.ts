/**
 * How a page reaches the lab: the names that the page and its host both have to know. What passes through the door,
 * once it is open, is `shared/bridge.ts` and the same behind all doors.
 *
 * - Desktop: the preload script puts `window.raftLabDesktop` there and, once the document is loaded, posts a `message` event
 *   to the page's window with `{ type: desktopPortMessage }` and one MessagePort. `connect()` asks for another one.
 * - Browser: a WebSocket to `doorPath` on the page's own host, with the subprotocols `[doorProtocol, token]`. The token is
 *   the fragment of the printed address: a fragment is never sent over the network and never logged, nor is a subprotocol.
 */
/** Path of the WebSocket on the local server. */
export const doorPath = '/lab';

/**
 * The subprotocol that page and server agree on: `bridgeProtocol` in words. The page offers the token beside it; only this one is
 * accepted. (Written out, so that the preload script doesn't carry the bridge's schemas.)
 */
export const doorProtocol = 'raft-lab.4';

/** `data.type` of the window message that carries the page's MessagePort on the desktop. */
export const desktopPortMessage = 'raft-lab-port';

/** Names of the messages between the desktop's preload script and its main process. */
export const desktopChannels = {
  /** The page asks for a port to the lab (answered when the port is on its way; refused to any other page). */
  connect: 'raft-lab:connect',
  /** The port, handed to the preload script. */
  port: 'raft-lab:port',
} as const;

/** Why the server closed a page's WebSocket; 4000–4999 are an application's own (RFC 6455 §7.4.2). */
export const doorClose = {
  /** The token is not this server's: the page is left over from an earlier run. Connecting again won't help. */
  wrongToken: 4401,
  /** `limits.pagesMax` pages are connected. Try again when one was closed. */
  tooManyPages: 4429,
  /** The lab has ended, or is ending. */
  labEnded: 4503,
} as const;

/** What the preload script shows to the page, as `window.raftLabDesktop`. Nothing else of Electron is within its reach. */
export interface RaftLabDesktop {
  /** Node's name for the system: `darwin`, `linux`, `win32`. */
  readonly platform: string;
  readonly electronVersion: string;
  /** Asks for a new MessagePort, which arrives as the first one did. Rejects when the lab has ended. */
  connect(): Promise<void>;
}
