import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { WebSocket as NodeWebSocket, WebSocketServer, type WebSocket as ServerSocket } from 'ws';
import { socketDoor } from '../../../renderer/lab-client/socket-channel.ts';
import type { ChannelEnding } from '../../../renderer/lab-client/page-channel.ts';
import { doorClose, doorPath, doorProtocol } from '../../../shared/door.ts';

/** Node's own WebSocket is not there in every supported version; this one has the same face, and like a browser's throws nothing. */
class QuietSocket extends NodeWebSocket {
  constructor(address: string, protocols: string[]) {
    super(address, protocols);
    this.on('error', () => {});
  }
}

let server: WebSocketServer;
let host: string;
beforeEach(async () => {
  vi.stubGlobal('WebSocket', QuietSocket);
  server = new WebSocketServer({ host: '127.0.0.1', port: 0, path: doorPath, handleProtocols: () => doorProtocol });
  await once(server, 'listening');
  host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => {
  for (const socket of server.clients) socket.terminate();
  server.close();
  vi.unstubAllGlobals();
});

const at = (hash: string): Pick<Location, 'host' | 'hash' | 'protocol'> => ({ host, hash, protocol: 'http:' });

describe('the browser’s door', () => {
  it('offers the token as a subprotocol and carries frames both ways', async () => {
    const arrived = once(server, 'connection');
    const channel = await socketDoor(at('#secret'))();
    const [socket, request] = (await arrived) as [ServerSocket, { headers: Record<string, string> }];
    expect(request.headers['sec-websocket-protocol']).toBe(`${doorProtocol},secret`);
    const heard: Uint8Array[] = [];
    channel.onFrame((frame) => heard.push(frame));
    const said = once(socket, 'message');
    channel.send(new Uint8Array([1, 2]));
    expect([...((await said)[0] as Buffer)]).toEqual([1, 2]);
    socket.send(new Uint8Array([3]));
    await expect.poll(() => heard).toHaveLength(1);
    expect(heard[0]).toEqual(new Uint8Array([3]));
  });

  it('stays shut without a token', async () => {
    await expect(socketDoor(at(''))()).rejects.toMatchObject({ ending: { final: true } });
  });

  it.each([
    [doorClose.wrongToken, true],
    [doorClose.tooManyPages, false],
    [doorClose.labEnded, false],
  ])('says why it was closed with %i, and whether trying again helps', async (code, final) => {
    server.on('connection', (socket) => socket.close(code));
    const channel = await socketDoor(at('#secret'))();
    const ending = await new Promise<ChannelEnding>((resolve) => channel.onClose(resolve));
    expect(ending.final).toBe(final);
    expect(ending.reason).not.toBe('');
  });

  it('reports where nobody listens', async () => {
    server.close();
    await once(server, 'close');
    await expect(socketDoor(at('#secret'))()).rejects.toMatchObject({ ending: { final: false } });
  });
});
