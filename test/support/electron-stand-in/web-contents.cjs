/** A page in Chromium, driven as Electron's WebContents is: preload script, own schemes, messages, ports, navigation events. */
'use strict';
const { randomBytes } = require('node:crypto');
const { EventEmitter } = require('node:events');
const fs = require('node:fs');
const { cancellable, app, ipcMain } = require('./app.cjs');
const { connection } = require('./cdp.cjs');
const { makeClone } = require('./clone.cjs');
const { isolatedScript, pageScript } = require('./page-world.cjs');
const { applyPermissions, respond, session, suffix, toOwn, toReal } = require('./session.cjs');

const { encode, decode } = makeClone();
const isolatedWorldName = 'electron-stand-in';
/** Requests that wait for our answer: of own schemes, and of documents anywhere. */
const paused = [{ urlPattern: `https://*${suffix}/*` }, { urlPattern: '*', resourceType: 'Document' }];
let lastId = 0;
let lastPort = 0;

class WebContents extends EventEmitter {
  id = ++lastId;
  session = session.defaultSession;
  mainFrame = { url: '' };
  targetId;
  #session;
  #context;
  #ports = new Map();
  #outgoing = [];
  #isPumping = false;
  #isDestroyed = false;
  #loading;
  #openHandler = () => ({ action: 'allow' });

  constructor(bounds, preferences) {
    super();
    this.ready = this.#open(bounds, preferences);
    app.emit('web-contents-created', {}, this);
  }

  isDestroyed = () => this.#isDestroyed;
  getURL = () => this.mainFrame.url;
  setWindowOpenHandler = (handler) => void (this.#openHandler = handler);

  async #open(bounds, { preload }) {
    const target = { url: 'about:blank', newWindow: true, ...bounds };
    const { targetId } = await connection.browser.send('Target.createTarget', target);
    this.targetId = targetId;
    const { sessionId } = await connection.browser.send('Target.attachToTarget', { targetId, flatten: true });
    this.#session = connection.session(sessionId);
    this.#listen();
    const send = this.#session.send.bind(this.#session);
    await Promise.all([
      send('Runtime.enable'),
      send('Page.enable'),
      send('Fetch.enable', { patterns: paused }),
      send('Runtime.addBinding', { name: 'standInUp', executionContextName: isolatedWorldName }),
      send('Emulation.setDeviceMetricsOverride', { ...bounds, deviceScaleFactor: 1, mobile: false }),
    ]);
    if (preload === undefined) return;
    const secret = `stand-in-${randomBytes(8).toString('hex')}`;
    const isolated = isolatedScript(secret, fs.readFileSync(preload, 'utf8'), preload);
    await send('Page.addScriptToEvaluateOnNewDocument', { source: pageScript(secret) });
    await send('Page.addScriptToEvaluateOnNewDocument', { source: isolated, worldName: isolatedWorldName });
  }

  #listen() {
    const on = (method, handler) => this.#session.on(method, handler);
    on('Runtime.executionContextCreated', ({ context }) => {
      if (context.name === isolatedWorldName && context.auxData?.frameId === this.targetId) this.#context = context.id;
    });
    on('Runtime.bindingCalled', ({ name, payload, executionContextId }) => {
      if (name !== 'standInUp') return;
      this.#context = executionContextId;
      this.#receive(decode(payload));
    });
    on('Page.frameNavigated', ({ frame }) => {
      if (frame.parentId !== undefined) return;
      this.mainFrame = { url: toOwn(frame.url) };
      for (const port of this.#ports.values()) port.closed();
      this.#ports.clear();
      this.emit('did-navigate', {}, this.mainFrame.url);
    });
    on('Page.loadEventFired', () => this.emit('did-finish-load', {}));
    on('Fetch.requestPaused', (event) => void this.#answer(event));
  }

  /** A request for an own scheme is answered by the app; a document anywhere needs the app's consent. */
  async #answer({ requestId, request, resourceType, frameId }) {
    const url = toOwn(request.url);
    const isMainFrame = frameId === this.targetId;
    const fail = (errorReason) => this.#session.send('Fetch.failRequest', { requestId, errorReason }).catch(() => {});
    if (resourceType === 'Document' && request.url !== this.#loading) {
      const event = cancellable({ url, isMainFrame });
      if (isMainFrame) this.emit('will-navigate', event, url);
      this.emit('will-frame-navigate', event, url);
      if (event.defaultPrevented) {
        await fail('Aborted');
        return;
      }
    }
    this.#loading = undefined;
    if (url === request.url) {
      await this.#session.send('Fetch.continueRequest', { requestId }).catch(() => {});
      return;
    }
    try {
      const response = await respond(url, request);
      await this.#session.send('Fetch.fulfillRequest', {
        requestId,
        responseCode: response.status,
        responseHeaders: [...response.headers].map(([name, value]) => ({ name, value })),
        body: Buffer.from(await response.arrayBuffer()).toString('base64'),
      });
    } catch (error) {
      console.error(`${url}: ${error.message}`);
      await fail('Failed');
    }
  }

  #receive(message) {
    const event = { sender: this, senderFrame: this.mainFrame, ports: [] };
    if (message.type === 'send') ipcMain.emit(message.channel, event, ...message.args);
    else if (message.type === 'invoke') void this.#invoke(message, event);
    else if (message.type === 'window') this.#askForWindow(toOwn(message.url));
    else if (message.type === 'port') this.#ports.get(message.id)?.deliver(message.value);
    else if (message.type === 'port-closed') {
      this.#ports.get(message.id)?.closed();
      this.#ports.delete(message.id);
    }
  }

  #askForWindow(url) {
    if (this.#openHandler({ url }).action !== 'deny') throw new Error('The stand-in opens no second window.');
  }

  async #invoke({ id, channel, args }, event) {
    try {
      const handler = ipcMain.handlers.get(channel);
      if (handler === undefined) throw new Error(`No handler registered for '${channel}'`);
      this.#send({ type: 'reply', id, channel, value: await handler(event, ...args) });
    } catch (error) {
      this.#send({ type: 'reply', id, channel, error: String(error) });
    }
  }

  send(channel, ...args) {
    this.#send({ type: 'message', channel, args, ports: [] });
  }

  postMessage(channel, value, transfer = []) {
    const ids = transfer.map((port) => {
      const id = ++lastPort;
      port.away = {
        post: (posted) => this.#send({ type: 'port', id, value: posted }),
        close: () => this.#send({ type: 'port-closed', id }),
      };
      this.#ports.set(id, port.peer);
      return id;
    });
    this.#send({ type: 'message', channel, args: [value], ports: ids });
  }

  #send(message) {
    this.#outgoing.push(encode(message));
    if (!this.#isPumping) void this.#pump();
  }

  /** In order, one evaluation under way at a time: what piles up meanwhile goes out together. */
  async #pump() {
    this.#isPumping = true;
    while (this.#outgoing.length > 0) {
      const texts = JSON.stringify(this.#outgoing.splice(0, 64));
      const expression = `for (const text of ${texts}) standInDown(text);`;
      // A page that is gone by now doesn't need it any more.
      await this.#session.send('Runtime.evaluate', { expression, contextId: this.#context }).catch(() => {});
    }
    this.#isPumping = false;
  }

  async loadURL(url) {
    await this.ready;
    await applyPermissions(this);
    const loaded = new Promise((resolve) => {
      this.once('did-finish-load', resolve);
    });
    this.#loading = toReal(url);
    const { errorText } = await this.#session.send('Page.navigate', { url: this.#loading });
    if (errorText) throw new Error(`${errorText} loading '${url}'`);
    await loaded;
  }

  /** The page is closed. */
  destroyed() {
    this.#isDestroyed = true;
    for (const port of this.#ports.values()) port.closed();
    this.emit('destroyed');
  }
}

module.exports = { WebContents };
