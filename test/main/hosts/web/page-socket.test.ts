import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import type { WebDoorSettings } from '../../../../main/hosts/web/web-door.ts';
import { required } from '../../../../shared/assert.ts';
import { limits } from '../../../../shared/cluster-config.ts';
import { doorClose, doorProtocol } from '../../../../shared/door.ts';
import { openTestDoor, type TestDoor } from '../../../support/test-door.ts';
import { endOf, openPage } from '../../../support/web-page.ts';

let door: TestDoor;
async function open(settings: Partial<WebDoorSettings> = {}): Promise<void> {
  door = await openTestDoor(settings);
}
afterEach(() => door.close());

describe('a page’s connection', () => {
  it('carries frames both ways', async () => {
    await open();
    const socket = openPage(door.url);
    await once(socket, 'open');
    expect(socket.protocol).toBe(doorProtocol);
    socket.send(new Uint8Array([1, 2, 3]));
    const [frame] = (await once(socket, 'message')) as [Buffer];
    expect([...frame]).toEqual([1, 2, 3]);
  });

  it('ends when the lab ends it', async () => {
    await open();
    const socket = openPage(door.url);
    await once(socket, 'open');
    door.labPorts[0]?.close();
    expect(await endOf(socket)).toMatchObject({ code: doorClose.labEnded });
  });

  it('ends at words instead of frames, and at a frame that is too large', async () => {
    await open();
    const chatty = openPage(door.url);
    await once(chatty, 'open');
    chatty.send('hello');
    expect(await endOf(chatty)).toMatchObject({ code: 1003 });
    const large = openPage(door.url);
    await once(large, 'open');
    large.send(new Uint8Array(limits.frameBytesMax + 1));
    expect(await endOf(large)).toMatchObject({ code: 1009 });
  });

  it('is cut off when the page does not read, before memory fills', async () => {
    await open({ pageBufferedBytesMax: 100_000 });
    const socket = openPage(door.url);
    await once(socket, 'open');
    socket.pause();
    const lab = required(door.labPorts[0], 'the page is connected');
    const left = once(lab, 'close');
    // More than the system's own buffers take.
    for (let sent = 0; sent < 200; sent++) lab.postMessage(new Uint8Array(100_000), []);
    await left;
    const end = endOf(socket);
    socket.resume();
    expect(await end).toMatchObject({ code: 1006 });
  });
});
