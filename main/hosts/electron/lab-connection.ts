/**
 * Connects pages to the lab: a page asks (through the preload script), and gets a port of its own. A reloaded page asks again.
 */
import { ipcMain, MessageChannelMain, type IpcMainInvokeEvent, type MessagePortMain } from 'electron';
import type { MessagePort } from 'node:worker_threads';
import { desktopChannels } from '../../../shared/door.ts';
import { exactBytes } from '../frame-bytes.ts';
import type { LabThread } from '../lab-thread.ts';
import { isOurPage } from './page-address.ts';

/** Answers pages that ask for the lab; anyone else's question is refused. */
export function setupLabConnections(lab: LabThread): void {
  ipcMain.handle(desktopChannels.connect, (event) => {
    if (!isFromOurPage(event)) throw new Error('Refused: this is not the page of the lab.');
    const labPort = lab.connect();
    if (labPort === undefined) throw new Error('The lab has ended.');
    const { port1, port2 } = new MessageChannelMain();
    pipePage(port1, labPort);
    event.sender.postMessage(desktopChannels.port, null, [port2]);
  });
}

/** Only the window's own document speaks for the page: a frame inside it does not, whatever its address. */
function isFromOurPage({ sender, senderFrame }: IpcMainInvokeEvent): boolean {
  return senderFrame !== null && senderFrame === sender.mainFrame && isOurPage(senderFrame.url);
}

/** Frames both ways; the end of one side (a closed or reloaded page, a lab that ends) is the end of the other. */
function pipePage(pagePort: MessagePortMain, labPort: MessagePort): void {
  pagePort.on('message', ({ data }: { data: unknown }) => labPort.postMessage(data, []));
  pagePort.on('close', () => labPort.close());
  // MessagePortMain can't take buffers over, it copies: what it copies has to be the frame and nothing else.
  labPort.on('message', (frame: Uint8Array) => pagePort.postMessage(exactBytes(frame), []));
  labPort.on('close', () => pagePort.close());
  pagePort.start();
}
