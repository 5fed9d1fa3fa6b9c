/**
 * Answers HTTP requests with the files of the built page.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { readPageFile } from '../page-files.ts';
import { pageHeaders } from '../page-policy.ts';
import { isOwnHost } from './gate.ts';

/** Answers one request; never throws. */
export async function servePage(folder: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { host } = request.headers;
  if (!isOwnHost(host)) {
    refuse(response, 403, 'Only pages of this computer: open the address that was printed where the app was started.');
    return;
  }
  for (const [name, value] of Object.entries(pageHeaders([`ws://${host}`]))) response.setHeader(name, value);
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.setHeader('Allow', 'GET, HEAD');
    refuse(response, 405, 'Only GET and HEAD.');
    return;
  }
  const file = await readPageFile(folder, (request.url ?? '/').replace(/[?#].*$/s, ''));
  if (file === undefined) {
    refuse(response, 404, 'Not found.');
    return;
  }
  response.setHeader('Content-Type', file.type);
  response.setHeader('Content-Length', file.bytes.byteLength);
  response.setHeader('Cache-Control', file.cacheControl);
  response.end(request.method === 'HEAD' ? undefined : file.bytes);
}

function refuse(response: ServerResponse, status: number, text: string): void {
  response.statusCode = status;
  response.setHeader('Content-Type', 'text/plain; charset=utf-8');
  response.setHeader('Cache-Control', 'no-store');
  response.end(`${text}\n`);
}
