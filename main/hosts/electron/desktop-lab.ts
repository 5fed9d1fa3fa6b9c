/**
 * The lab behind the desktop window.
 */
import { app, dialog } from 'electron';
import type { LabOptions } from '../../bridge/host-messages.ts';
import { startLabThread, type LabThread } from '../lab-thread.ts';

/** Starts the lab. Its notices go where the app was started; if it ends by itself, a dialog says why and the app ends too. */
export function startDesktopLab(options: LabOptions): LabThread {
  return startLabThread({
    options,
    onNotice: (text) => process.stdout.write(`${text}\n`),
    onFailure: (reason) => {
      dialog.showErrorBox('Raft Lab', `The lab has ended by itself: ${reason}`);
      app.exit(1);
    },
  });
}
