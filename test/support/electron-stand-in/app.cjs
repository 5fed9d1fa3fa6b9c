/** `app` and `ipcMain`. */
'use strict';
const { EventEmitter } = require('node:events');
const fs = require('node:fs');
const path = require('node:path');
const { connection } = require('./cdp.cjs');

const folder = process.env.STAND_IN_APP;
const manifest = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8'));

/** An event whose default can be prevented. */
function cancellable(fields = {}) {
  return {
    ...fields,
    defaultPrevented: false,
    preventDefault() {
      this.defaultPrevented = true;
    },
  };
}

class App extends EventEmitter {
  name = manifest.productName ?? manifest.name;
  isPackaged = false;
  commandLine = { appendSwitch() {}, hasSwitch: () => false, getSwitchValue: () => '' };
  /** Open windows; filled by windows.cjs. */
  windows = new Set();
  #paths = new Map();
  #quitting = false;
  #ready;
  #setReady;

  constructor() {
    super();
    this.#ready = new Promise((resolve) => {
      this.#setReady = resolve;
    });
    connection.onClose(() => {
      if (this.#quitting) return;
      console.error('Chromium went away.');
      process.exit(1);
    });
  }

  whenReady = () => this.#ready;
  getVersion = () => manifest.version;
  getAppPath = () => folder;
  getPath = (name) => this.#paths.get(name) ?? path.join(process.env.STAND_IN_PROFILE, `app-${name}`);
  setPath = (name, value) => void this.#paths.set(name, value);
  requestSingleInstanceLock = () => true;

  /** The entry point has run. */
  async started() {
    await connection.opened;
    this.#setReady();
    this.emit('ready', {}, {});
  }

  exit(code = 0) {
    this.#quitting = true;
    process.exit(code);
  }

  quit() {
    if (!this.#quitting) void this.#quit();
  }

  async #quit() {
    const before = cancellable();
    this.emit('before-quit', before);
    if (before.defaultPrevented) return;
    this.#quitting = true;
    for (const window of this.windows) {
      window.close();
      await window.gone;
    }
    const last = cancellable();
    this.emit('will-quit', last);
    if (last.defaultPrevented) {
      this.#quitting = false;
      return;
    }
    this.emit('quit', {}, 0);
    process.exit(0);
  }

  /** The last window is closed. */
  allWindowsClosed() {
    if (this.#quitting) return;
    if (this.listenerCount('window-all-closed') > 0) this.emit('window-all-closed');
    else this.quit();
  }
}

class IpcMain extends EventEmitter {
  handlers = new Map();

  handle(channel, handler) {
    if (this.handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`);
    this.handlers.set(channel, handler);
  }
}

module.exports = { app: new App(), ipcMain: new IpcMain(), cancellable };
