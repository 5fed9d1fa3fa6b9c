/**
 * Runs beside the page, sandboxed and in a world of its own. It shows the page one small object and hands it its port;
 * the page never gets hold of anything of Electron's.
 */
import { contextBridge, ipcRenderer } from 'electron';
import { desktopChannels, desktopPortMessage, type RaftLabDesktop } from '../../../shared/door.ts';

const desktop: RaftLabDesktop = {
  platform: process.platform,
  electronVersion: process.versions.electron,
  connect: () => ipcRenderer.invoke(desktopChannels.connect) as Promise<void>,
};
contextBridge.exposeInMainWorld('raftLabDesktop', desktop);

// A port can't be passed as an argument from this world to the page's, only posted.
ipcRenderer.on(desktopChannels.port, (event) =>
  window.postMessage({ type: desktopPortMessage }, '*', [...event.ports]),
);

// The page's modules have run by then, so it is listening.
window.addEventListener('DOMContentLoaded', () => {
  // A lab that has ended says so in a dialog of its own.
  desktop.connect().catch(() => undefined);
});
