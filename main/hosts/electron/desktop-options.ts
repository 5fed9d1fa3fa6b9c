/**
 * What the desktop app was started with.
 */
import { app, dialog } from 'electron';
import { parseArgs } from 'node:util';
import type { LabOptions } from '../../bridge/host-messages.ts';
import { labArgumentOptions, readLabArguments, UsageError } from '../lab-arguments.ts';

/** Reads the lab's options from the command line; one that can't be used is shown in a dialog and ends the app. */
export function readDesktopOptions(): LabOptions {
  // In a checkout the first word is the app's folder; Chromium's own switches, which stand anywhere, are not ours to refuse.
  const args = process.argv.slice(app.isPackaged ? 1 : 2);
  const { values } = parseArgs({ args, options: labArgumentOptions, strict: false, allowPositionals: true });
  try {
    return readLabArguments(values, process.env, app.getVersion());
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    dialog.showErrorBox('Raft Lab', error.message);
    return process.exit(2);
  }
}
