/** The DevTools protocol over one WebSocket: sessions that send a method and emit events. */
'use strict';
const { EventEmitter } = require('node:events');
const WebSocket = require('ws');

/** One target of the browser (or, without an id, the browser itself). Emits each event under its method's name. */
class Session extends EventEmitter {
  constructor(connection, id) {
    super();
    this.setMaxListeners(0);
    this.connection = connection;
    this.id = id;
  }

  send(method, params = {}) {
    return this.connection.call(method, params, this.id);
  }
}

class Connection {
  #socket;
  #lastId = 0;
  #waiting = new Map();
  #sessions = new Map();

  constructor(address) {
    this.#socket = new WebSocket(address, { perMessageDeflate: false, maxPayload: 1 << 28 });
    this.opened = new Promise((resolve, reject) => {
      this.#socket.once('open', resolve);
      this.#socket.once('error', reject);
    });
    this.browser = this.session(undefined);
    this.#socket.on('message', (data) => this.#receive(JSON.parse(data)));
    this.#socket.on('close', () => {
      for (const { reject } of this.#waiting.values()) reject(new Error('the browser is gone'));
      this.#waiting.clear();
    });
  }

  onClose(handler) {
    this.#socket.on('close', handler);
  }

  session(id) {
    let session = this.#sessions.get(id);
    if (session === undefined) this.#sessions.set(id, (session = new Session(this, id)));
    return session;
  }

  async call(method, params, sessionId) {
    await this.opened;
    return new Promise((resolve, reject) => {
      const id = ++this.#lastId;
      this.#waiting.set(id, { resolve, reject, method });
      this.#socket.send(JSON.stringify({ id, method, params, sessionId }));
    });
  }

  #receive(message) {
    const waiting = this.#waiting.get(message.id);
    if (waiting === undefined) {
      this.#sessions.get(message.sessionId)?.emit(message.method, message.params);
      return;
    }
    this.#waiting.delete(message.id);
    if (message.error) waiting.reject(new Error(`${waiting.method}: ${message.error.message}`));
    else waiting.resolve(message.result);
  }
}

module.exports = { connection: new Connection(process.env.STAND_IN_BROWSER) };
