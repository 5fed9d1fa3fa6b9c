/** A browser door for tests, on a folder of its own and with a lab that sends each frame back. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { openWebDoor, type WebDoor, type WebDoorSettings } from '../../main/hosts/web/web-door.ts';

export interface TestDoor extends WebDoor {
  /** The lab's ends of the pages' ports, in the order in which the pages came. */
  readonly labPorts: readonly MessagePort[];
  readonly pageFolder: string;
}

/** Opens one; `close()` removes its folder too. Beside the page's folder, out of bounds, lies `secret.html`. */
export async function openTestDoor(settings: Partial<WebDoorSettings> = {}): Promise<TestDoor> {
  const root = mkdtempSync(join(tmpdir(), 'raft-lab-door-'));
  const pageFolder = join(root, 'page');
  mkdirSync(pageFolder);
  writeFileSync(join(pageFolder, 'index.html'), '<!doctype html><title>Raft Lab</title>');
  writeFileSync(join(root, 'secret.html'), 'secret');
  const labPorts: MessagePort[] = [];
  const connect = (): MessagePort => {
    const { port1, port2 } = new MessageChannel();
    port1.on('message', (frame: Uint8Array) => port1.postMessage(frame, []));
    labPorts.push(port1);
    return port2;
  };
  const removeFolder = (): void => rmSync(root, { recursive: true, force: true });
  const door = await openWebDoor({ port: 0, pageFolder, connect, ...settings }).catch((error: unknown) => {
    removeFolder();
    throw error;
  });
  return {
    ...door,
    labPorts,
    pageFolder,
    async close() {
      await door.close();
      removeFolder();
    },
  };
}
