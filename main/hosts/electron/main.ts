/**
 * The desktop app's entry point: it wires parts together and takes no decisions of its own.
 */
import { app, BrowserWindow } from 'electron';
import { join } from 'node:path';
import { registerAppScheme, setupAppProtocol } from './app-protocol.ts';
import { readDesktopOptions } from './desktop-options.ts';
import { setupLabConnections } from './lab-connection.ts';
import { setupMenu } from './menu.ts';
import { setupQuit } from './quit.ts';
import { setupSecurity } from './security.ts';
import { startDesktopLab } from './desktop-lab.ts';
import { setupWindow } from './window.ts';

/** Before the app is ready: schemes and the profile's folder can't be changed any more afterwards. */
function prepare(): void {
  const options = readDesktopOptions();
  registerAppScheme();
  // The page's profile lies beside the lab's data, and with it the lock: another folder may have a window of its own.
  app.setPath('userData', join(options.folder, 'desktop'));
  if (!app.requestSingleInstanceLock()) {
    app.quit();
    return;
  }
  app.on('second-instance', showWindow);
  setupSecurity();
  app.once('ready', () => {
    const lab = startDesktopLab(options);
    setupQuit(lab);
    setupAppProtocol();
    setupLabConnections(lab);
    setupMenu(options.folder);
    setupWindow();
  });
}

/** Someone started the app once more: they are looking for this window. */
function showWindow(): void {
  const [window] = BrowserWindow.getAllWindows();
  if (window?.isMinimized() === true) window.restore();
  window?.focus();
}

prepare();
