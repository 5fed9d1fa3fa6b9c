/**
 * The page's own scheme, `app://raft-lab/…`, instead of file://: it has an origin, headers, and reaches one folder only.
 */
import { protocol } from 'electron';
import { pageFolder } from '../built-files.ts';
import { readPageFile } from '../page-files.ts';
import { pageHeaders } from '../page-policy.ts';
import { appHost, appScheme } from './page-address.ts';

/** Must be called before the app is ready. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: appScheme, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
}

/** Answers the scheme's requests with the files of the built page. */
export function setupAppProtocol(): void {
  protocol.handle(appScheme, async (request) => {
    const { host, pathname } = new URL(request.url);
    const file = host === appHost ? await readPageFile(pageFolder(), pathname) : undefined;
    const headers = pageHeaders();
    if (file === undefined) return new Response('Not found.\n', { status: 404, headers });
    return new Response(file.bytes, { headers: { ...headers, 'Content-Type': file.type } });
  });
}
