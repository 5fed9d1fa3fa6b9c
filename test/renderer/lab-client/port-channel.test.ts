// @vitest-environment happy-dom
import { describe, expect, it, vi } from 'vitest';
import { portDoor } from '../../../renderer/lab-client/port-channel.ts';
import { desktopPortMessage } from '../../../shared/door.ts';

/** Posts a port to the page, as the preload script does. */
function post(port: MessagePort, type = desktopPortMessage): void {
  const event = new Event('message');
  Object.assign(event, { data: { type }, ports: [port], source: window });
  window.dispatchEvent(event);
}

const desktop = { platform: 'linux', electronVersion: '0', connect: (): Promise<void> => Promise.resolve() };

describe('the desktop’s door', () => {
  it('takes the port that came before anyone asked, and carries frames both ways', async () => {
    const open = portDoor(desktop, window);
    const { port1, port2 } = new MessageChannel();
    post(port1);
    const channel = await open();
    const heard: Uint8Array[] = [];
    const answered: unknown[] = [];
    channel.onFrame((frame) => heard.push(frame));
    port2.addEventListener('message', (event) => answered.push(event.data));
    port2.start();
    port2.postMessage(new Uint8Array([9]));
    channel.send(new Uint8Array([8]));
    await expect.poll(() => [heard.length, answered.length]).toEqual([1, 1]);
    expect(heard[0]).toEqual(new Uint8Array([9]));
    expect(answered[0]).toEqual(new Uint8Array([8]));
    channel.close();
  });

  it('asks for another port when it opens again, and says that the lab has ended when there is none', async () => {
    const { port1, port2 } = new MessageChannel();
    const connect = vi.fn<() => Promise<void>>(() => Promise.reject(new Error('ended')));
    const open = portDoor({ ...desktop, connect }, window);
    post(port1);
    const channel = await open();
    const ended = new Promise((resolve) => channel.onClose(resolve));
    channel.close();
    await ended;
    await expect(open()).rejects.toMatchObject({ ending: { final: false } });
    expect(connect).toHaveBeenCalledOnce();
    port2.close();
  });

  it('takes no port from a message that is not the preload’s', async () => {
    const open = portDoor(desktop, window);
    const [other, own] = [new MessageChannel(), new MessageChannel()];
    post(other.port1, 'something-else');
    const opening = open();
    post(own.port1);
    const channel = await opening;
    const heard = new Promise((resolve) => channel.onFrame(resolve));
    own.port2.postMessage(new Uint8Array([1]));
    expect(await heard).toEqual(new Uint8Array([1]));
    channel.close();
    other.port2.close();
  });
});
