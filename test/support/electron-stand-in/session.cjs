/**
 * `protocol`, `session` and the addresses of own schemes. Chromium knows no `app://`: the page is really at
 * `https://raft-lab--app.electron-stand-in.test/`, and only the app and the tests see it under its own name.
 */
'use strict';
const { connection } = require('./cdp.cjs');

const suffix = '.electron-stand-in.test';
const schemes = new Map();

const toReal = (address) => {
  const match = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)(.*)$/i.exec(address);
  if (match === null || !schemes.has(match[1])) return address;
  return `https://${match[2]}--${match[1]}${suffix}${match[3] || '/'}`;
};
const toOwn = (address) => {
  const match = /^https:\/\/(.*)--([a-z0-9+.-]+)\.electron-stand-in\.test(.*)$/i.exec(address);
  return match === null ? address : `${match[2]}://${match[1]}${match[3]}`;
};

const protocol = {
  registerSchemesAsPrivileged: (list) => {
    for (const { scheme } of list) schemes.set(scheme, undefined);
  },
  handle: (scheme, handler) => void schemes.set(scheme, handler),
};

/** What the app's handler answers to a request for an address of one of its schemes. */
async function respond(address, request) {
  const handler = schemes.get(new URL(address).protocol.slice(0, -1));
  if (handler === undefined) throw new Error(`nobody handles ${address}`);
  return handler(new Request(address, { method: request.method, headers: request.headers, body: request.postData }));
}

const defaultSession = {
  protocol,
  permissionHandler: undefined,
  setPermissionRequestHandler(handler) {
    this.permissionHandler = handler;
  },
  setPermissionCheckHandler() {},
  setDevicePermissionHandler() {},
};

/** As in Electron: what no handler refuses is granted. */
async function applyPermissions(webContents) {
  for (const name of ['geolocation', 'notifications', 'midi', 'clipboard-read']) {
    const granted = await new Promise((answer) => {
      if (defaultSession.permissionHandler === undefined) answer(true);
      else defaultSession.permissionHandler(webContents, name, answer, {});
    });
    await connection.browser.send('Browser.setPermission', {
      permission: { name },
      setting: granted ? 'granted' : 'denied',
    });
  }
}

module.exports = { protocol, session: { defaultSession }, suffix, toReal, toOwn, respond, applyPermissions };
