/**
 * The address of our page, and whether an address is it. No Electron here: these are decisions.
 */

export const appScheme = 'app';
export const appHost = 'raft-lab';

/** What the window loads. */
export const pageUrl = `${appScheme}://${appHost}/`;

/** True for the page itself, with any fragment or query: not for another file of its folder, nor for another scheme's look-alike. */
export function isOurPage(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const url = new URL(address);
  const isOurs = url.protocol === `${appScheme}:` && url.host === appHost && url.username === '' && url.password === '';
  return isOurs && (url.pathname === '/' || url.pathname === '/index.html');
}

/** True for an address that may be handed to the person's browser: the web, and nothing that starts a program. */
export function isWebAddress(address: string): boolean {
  return URL.canParse(address) && ['http:', 'https:'].includes(new URL(address).protocol);
}
