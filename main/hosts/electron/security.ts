/**
 * What no page may do, whichever window it is in: go elsewhere, open windows, ask for permissions.
 */
import { app, session, shell, type Event, type WebContents } from 'electron';
import { isOurPage, isWebAddress } from './page-address.ts';

/** Writing text to the clipboard after a click (a Copy button) is all that a page may; reading it is another permission. */
const allowedPermissions: ReadonlySet<string> = new Set(['clipboard-sanitized-write']);

/** Puts the limits on every page that will ever be made. Must be called before the app is ready. */
export function setupSecurity(): void {
  app.on('web-contents-created', (_event, contents) => confine(contents));
  app.once('ready', () => {
    const { defaultSession } = session;
    defaultSession.setPermissionRequestHandler((_contents, permission, answer) => {
      answer(allowedPermissions.has(permission));
    });
    defaultSession.setPermissionCheckHandler((_contents, permission) => allowedPermissions.has(permission));
    defaultSession.setDevicePermissionHandler(() => false);
  });
}

function confine(contents: WebContents): void {
  contents.setWindowOpenHandler(({ url }) => {
    if (isWebAddress(url)) void shell.openExternal(url);
    return { action: 'deny' };
  });
  const stay = (event: Event<{ url: string }>): void => {
    if (!isOurPage(event.url)) event.preventDefault();
  };
  contents.on('will-navigate', stay);
  contents.on('will-frame-navigate', stay);
  contents.on('will-redirect', stay);
  contents.on('will-attach-webview', (event) => event.preventDefault());
}
