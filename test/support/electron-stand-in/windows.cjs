/** `BrowserWindow` and `webContents`. */
'use strict';
const { EventEmitter } = require('node:events');
const { app, cancellable } = require('./app.cjs');
const { connection } = require('./cdp.cjs');
const { WebContents } = require('./web-contents.cjs');

class BrowserWindow extends EventEmitter {
  static getAllWindows = () => [...app.windows];
  static fromWebContents = (contents) => [...app.windows].find((window) => window.webContents === contents) ?? null;

  #bounds;
  #title;
  #isVisible;
  #isDestroyed = false;
  #setGone;
  /** Resolves when the window is closed. */
  gone = new Promise((resolve) => {
    this.#setGone = resolve;
  });

  constructor({ width = 800, height = 600, title = app.name, show = true, webPreferences = {} } = {}) {
    super();
    this.#bounds = { x: 0, y: 0, width, height };
    this.#title = title;
    this.#isVisible = show;
    this.webContents = new WebContents({ width, height }, webPreferences);
    this.webContents.once('did-finish-load', () => this.emit('ready-to-show'));
    this.webContents.close = () => this.close();
    this.id = this.webContents.id;
    app.windows.add(this);
    app.emit('browser-window-created', {}, this);
  }

  loadURL = (url) => this.webContents.loadURL(url);
  show = () => void (this.#isVisible = true);
  focus() {}
  isMinimized = () => false;
  isVisible = () => this.#isVisible;
  isDestroyed = () => this.#isDestroyed;
  getTitle = () => this.#title;
  getBounds = () => ({ ...this.#bounds });

  close() {
    const event = cancellable();
    this.emit('close', event);
    if (!event.defaultPrevented) void this.#destroy();
  }

  async #destroy() {
    await this.webContents.ready;
    await connection.browser.send('Target.closeTarget', { targetId: this.webContents.targetId }).catch(() => {});
    this.closed();
  }

  /** The page's target is gone, by our hand or another's. */
  closed() {
    if (this.#isDestroyed) return;
    this.#isDestroyed = true;
    app.windows.delete(this);
    this.webContents.destroyed();
    this.emit('closed');
    this.#setGone();
    if (app.windows.size === 0) app.allWindowsClosed();
  }
}

const contentsOf = (targetId) =>
  [...app.windows].map((window) => window.webContents).find((one) => one.targetId === targetId);
const webContents = {
  getAllWebContents: () => [...app.windows].map((window) => window.webContents),
  fromDevToolsTargetId: contentsOf,
};

connection.browser.on('Target.targetDestroyed', ({ targetId }) => {
  const contents = contentsOf(targetId);
  if (contents !== undefined) BrowserWindow.fromWebContents(contents).closed();
});
void connection.browser.send('Target.setDiscoverTargets', { discover: true });

module.exports = { BrowserWindow, webContents };
