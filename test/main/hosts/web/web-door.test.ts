import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { WebDoorError, type WebDoorSettings } from '../../../../main/hosts/web/web-door.ts';
import { required } from '../../../../shared/assert.ts';
import { doorClose, doorProtocol } from '../../../../shared/door.ts';
import { openTestDoor, type TestDoor } from '../../../support/test-door.ts';
import { ask, endOf, openPage } from '../../../support/web-page.ts';

let door: TestDoor;
async function open(settings: Partial<WebDoorSettings> = {}): Promise<void> {
  door = await openTestDoor(settings);
}
afterEach(() => door.close());

describe('a page', () => {
  it.each([
    ['of another site', { origin: 'http://evil.example' }, { status: 403 }],
    ['of another server on this computer', { origin: 'http://127.0.0.1:1' }, { status: 403 }],
    ['under a foreign name', { host: 'evil.example', origin: 'http://evil.example' }, { status: 403 }],
    ['without our protocol', { protocols: ['chat'] }, { status: 400 }],
    ['without a token', { protocols: [doorProtocol] }, { status: 400 }],
    ['at another path', { path: '/other' }, { status: 404 }],
    ['with a wrong token', { protocols: [doorProtocol, 'x'] }, { code: doorClose.wrongToken, reason: 'wrong token' }],
  ])('%s is refused', async (_what, options, end) => {
    await open();
    expect(await endOf(openPage(door.url, options))).toEqual(end);
    expect(door.labPorts).toEqual([]);
  });

  it('is refused while too many pages are there, and let in when one has left', async () => {
    await open({ pagesMax: 1 });
    const first = openPage(door.url);
    await once(first, 'open');
    expect(await endOf(openPage(door.url))).toEqual({ code: doorClose.tooManyPages, reason: 'too many pages' });
    first.close();
    await once(required(door.labPorts[0], 'the page is connected'), 'close');
    const next = openPage(door.url);
    await once(next, 'open');
    expect(door.labPorts).toHaveLength(2);
  });

  it('is refused when the lab has ended', async () => {
    await open({ connect: () => undefined });
    expect(await endOf(openPage(door.url))).toMatchObject({ code: doorClose.labEnded });
  });
});

describe('the server', () => {
  it('says so in a sentence when its port is taken', async () => {
    await open();
    const { port } = door;
    const again = openTestDoor({ port });
    await expect(again).rejects.toThrow(WebDoorError);
    await expect(again).rejects.toThrow(`Port ${port} is taken by another program: choose another one with --port`);
  });

  it('closes its pages’ connections with a reason, and its port', async () => {
    // Of the ports that no program gets by asking for a free one: another test would take a closed one at once.
    await open({ port: 20_000 + (process.pid % 10_000) });
    const socket = openPage(door.url);
    await once(socket, 'open');
    const end = endOf(socket);
    await door.close();
    expect(await end).toMatchObject({ code: doorClose.labEnded });
    await expect(ask(door.port, '/')).rejects.toThrow('ECONNREFUSED');
    await open();
  });

  it('does not wait for a page that never answers the goodbye', async () => {
    await open();
    const socket = openPage(door.url);
    await once(socket, 'open');
    socket.pause();
    await door.close();
    await open();
    socket.terminate();
    await expect.poll(() => socket.readyState).toBe(WebSocket.CLOSED);
  });
});
