/**
 * The two scripts that a page gets before its own. The preload script runs in a real isolated world of Chromium's; what it
 * exposes is rebuilt in the page's world, and calls between the two are synchronous DOM events under a secret name.
 *
 * The functions here are never called: their source is sent to the page. They have no references to the outside.
 */
'use strict';
const path = require('node:path');
const { makeClone } = require('./clone.cjs');

/**
 * In the page's world: rebuilds exposed objects, and asks the app before a window is opened. (Chromium itself can only be told
 * afterwards, and closing a popup that is just being made can hang the page that made it.)
 */
function pageWorld({ encode, decode }, secret) {
  const calls = new Map();
  let lastCall = 0;
  let returned;

  const build = (shape, keys) => {
    if (shape.kind === 'value') return shape.value;
    if (shape.kind === 'object') {
      const entries = Object.entries(shape.members).map(([key, member]) => [key, build(member, [...keys, key])]);
      return Object.freeze(Object.fromEntries(entries));
    }
    return (...args) => {
      const id = ++lastCall;
      returned = undefined;
      document.dispatchEvent(new CustomEvent(`${secret}-call`, { detail: encode({ id, keys, args }) }));
      if (returned.error !== undefined) throw new Error(returned.error);
      if (!returned.later) return returned.value;
      return new Promise((resolve, reject) => calls.set(id, { resolve, reject }));
    };
  };

  const askForWindow = (address) => {
    const url = new URL(address, document.baseURI).href;
    document.dispatchEvent(new CustomEvent(`${secret}-window`, { detail: url }));
  };
  window.open = (address = 'about:blank') => {
    askForWindow(address);
    return null;
  };
  window.addEventListener('click', (event) => {
    const link = event.composedPath().find((one) => one instanceof HTMLAnchorElement);
    if (link === undefined || !['_blank', '_new'].includes(link.target) || event.defaultPrevented) return;
    event.preventDefault();
    askForWindow(link.href);
  });

  document.addEventListener(`${secret}-answer`, ({ detail }) => {
    const answer = decode(detail);
    if (answer.expose !== undefined) {
      Object.defineProperty(window, answer.expose, { value: build(answer.shape, [answer.expose]), enumerable: true });
    } else if (answer.settles === undefined) {
      returned = answer;
    } else {
      const call = calls.get(answer.settles);
      calls.delete(answer.settles);
      if (answer.error === undefined) call.resolve(answer.value);
      else call.reject(new Error(answer.error));
    }
  });
}

/** In the isolated world: contextBridge, ipcRenderer and ports over one binding to the main process, then the preload script. */
function isolatedWorld({ encode, decode }, secret, system, runPreload) {
  if (window.top !== window) return;
  const up = (message) => globalThis.standInUp(encode(message));
  const answer = (message) => document.dispatchEvent(new CustomEvent(`${secret}-answer`, { detail: encode(message) }));
  const exposed = {};
  const listeners = new Map();
  const ports = new Map();
  const invocations = new Map();
  let lastInvocation = 0;

  const shapeOf = (value) => {
    if (typeof value === 'function') return { kind: 'function' };
    if (value === null || typeof value !== 'object') return { kind: 'value', value };
    return {
      kind: 'object',
      members: Object.fromEntries(Object.entries(value).map(([key, one]) => [key, shapeOf(one)])),
    };
  };
  const textOf = (error) => String(error?.message ?? error);

  document.addEventListener(`${secret}-call`, ({ detail }) => {
    const { id, keys, args } = decode(detail);
    try {
      const value = keys.reduce((owner, key) => owner[key], exposed)(...args);
      if (typeof value?.then !== 'function') {
        answer({ value });
        return;
      }
      answer({ later: true });
      value.then(
        (result) => answer({ settles: id, value: result }),
        (error) => answer({ settles: id, error: textOf(error) }),
      );
    } catch (error) {
      answer({ error: textOf(error) });
    }
  });

  document.addEventListener(`${secret}-window`, ({ detail }) => up({ type: 'window', url: detail }));

  const contextBridge = {
    exposeInMainWorld: (name, api) => {
      exposed[name] = api;
      answer({ expose: name, shape: shapeOf(api) });
    },
  };
  const ipcRenderer = {
    on: (channel, listener) => {
      listeners.set(channel, [...(listeners.get(channel) ?? []), listener]);
      return ipcRenderer;
    },
    send: (channel, ...args) => up({ type: 'send', channel, args }),
    invoke: (channel, ...args) =>
      new Promise((resolve, reject) => {
        invocations.set(++lastInvocation, { resolve, reject });
        up({ type: 'invoke', id: lastInvocation, channel, args });
      }),
  };

  /** A port as the preload script gets it; the other end stays here and speaks with the main process. */
  const receivePort = (id) => {
    const { port1, port2 } = new MessageChannel();
    ports.set(id, port1);
    port1.addEventListener('message', ({ data }) => up({ type: 'port', id, value: data }));
    port1.start();
    port1.addEventListener('close', () => up({ type: 'port-closed', id }));
    return port2;
  };
  const handlers = {
    message: ({ channel, args, ports: ids }) => {
      const event = { sender: ipcRenderer, ports: ids.map(receivePort) };
      for (const listener of listeners.get(channel) ?? []) listener(event, ...args);
    },
    reply: ({ id, channel, value, error }) => {
      const { resolve, reject } = invocations.get(id);
      invocations.delete(id);
      if (error === undefined) resolve(value);
      else reject(new Error(`Error invoking remote method '${channel}': ${error}`));
    },
    port: ({ id, value }) => ports.get(id)?.postMessage(value),
    'port-closed': ({ id }) => {
      ports.get(id)?.close();
      ports.delete(id);
    },
  };
  globalThis.standInDown = (text) => {
    const message = decode(text);
    handlers[message.type](message);
  };

  const require = (name) => {
    if (name === 'electron') return { contextBridge, ipcRenderer };
    throw new Error(`module not found: ${name} (a sandboxed preload script has few)`);
  };
  const module = { exports: {} };
  runPreload(require, module, module.exports, {
    type: 'renderer',
    sandboxed: true,
    contextIsolated: true,
    env: {},
    argv: [],
    ...system,
  });
}

/** What the preload script may know of the process. */
const system = () => ({
  platform: process.platform,
  arch: process.arch,
  versions: { electron: process.versions.electron, node: process.versions.node },
});

const clone = `(${makeClone.toString()})()`;

/** The script for the page's world. */
const pageScript = (secret) => `(${pageWorld.toString()})(${clone}, ${JSON.stringify(secret)});`;

/** The script for the isolated world, with a preload script's source in it. */
const isolatedScript = (
  secret,
  source,
  file,
) => `(${isolatedWorld.toString()})(${clone}, ${JSON.stringify(secret)}, ${JSON.stringify(system())},
function (require, module, exports, process) {
${source}
//# sourceURL=${path.basename(file)}
});`;

module.exports = { pageScript, isolatedScript };
