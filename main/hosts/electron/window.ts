/**
 * The app's window.
 */
import { app, BrowserWindow, nativeTheme } from 'electron';
import { preloadFile } from '../built-files.ts';
import { pageUrl } from './page-address.ts';

/** The colours behind the page until it has drawn itself, so that a dark screen doesn't flash. */
const background = { dark: '#0e1116', light: '#f6f7f9' } as const;

/** Opens the window and loads the page into it. */
export function setupWindow(): void {
  const window = new BrowserWindow({
    title: app.name,
    width: 1360,
    height: 860,
    minWidth: 960,
    minHeight: 620,
    show: false,
    backgroundColor: nativeTheme.shouldUseDarkColors ? background.dark : background.light,
    webPreferences: {
      preload: preloadFile(),
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webSecurity: true,
      spellcheck: false,
      // The countdowns of a window behind another one go on: it is often watched beside a terminal.
      backgroundThrottling: false,
    },
  });
  window.once('ready-to-show', () => window.show());
  window
    .loadURL(pageUrl)
    .catch((error: unknown) => process.stderr.write(`The page can't be loaded: ${String(error)}\n`));
}
