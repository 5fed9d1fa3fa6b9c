/** MessageChannelMain: two ports in the main process, of which one may be handed to a page. */
'use strict';
const { EventEmitter } = require('node:events');

class MessagePortMain extends EventEmitter {
  #started = false;
  #early = [];
  #closed = false;
  /** The other end in this process. */
  peer;
  /** Set once this end has gone to a page: how to speak with it there. */
  away;

  start() {
    this.#started = true;
    for (const event of this.#early.splice(0)) this.emit('message', event);
  }

  postMessage(value) {
    if (this.#closed) return;
    if (ArrayBuffer.isView(value) && value.byteLength !== value.buffer.byteLength) {
      // The real one copies all that lies behind a view: never what was meant.
      throw new Error('A view of a larger buffer was posted.');
    }
    const copy = structuredClone(value);
    if (this.peer.away === undefined) setImmediate(() => this.peer.deliver(copy));
    else this.peer.away.post(copy);
  }

  close() {
    if (this.#closed) return;
    this.peer.away?.close();
    setImmediate(() => this.peer.closed());
    this.closed();
  }

  /** A message from the other end. */
  deliver(data) {
    const event = { data, ports: [] };
    if (this.#started) this.emit('message', event);
    else this.#early.push(event);
  }

  /** The other end is gone. */
  closed() {
    if (this.#closed) return;
    this.#closed = true;
    this.emit('close');
  }
}

class MessageChannelMain {
  port1 = new MessagePortMain();
  port2 = new MessagePortMain();

  constructor() {
    this.port1.peer = this.port2;
    this.port2.peer = this.port1;
  }
}

module.exports = { MessageChannelMain };
