/**
 * A line to the lab as a page has one, without a page: commands and queries. It acknowledges nothing, so the lab soon sends it no
 * more of the stream; while pages are measured it is closed.
 */
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Packr, Unpackr } from 'msgpackr';
import { WebSocket } from 'ws';
import { root } from '../run-command.mjs';

const packr = new Packr({ useRecords: false });
const unpackr = new Unpackr({ useRecords: false, mapsAsObjects: true, int64AsType: 'number' });

/**
 * @typedef {{ type: string, id: number, reason?: string, result?: Answer, packed?: Uint8Array }} Frame
 * @typedef {{ ok: boolean, value: unknown, failure?: { message: string } }} Answer
 */

export class LabLine {
  /** @type {WebSocket} */
  #socket;
  /** @type {Map<number, { resolve: (answer: Answer) => void, reject: (error: Error) => void }>} */
  #waiting = new Map();
  #nextId = 0;

  /** @param {WebSocket} socket */
  constructor(socket) {
    this.#socket = socket;
    socket.on('message', (bytes) => this.#take(unpackr.unpack(/** @type {Buffer} */ (bytes))));
    socket.on('close', () => {
      for (const { reject } of this.#waiting.values()) reject(new Error('The line to the lab was lost.'));
    });
  }

  /**
   * @template T
   * @param {string} url as `raft-lab serve` prints it
   * @param {(line: LabLine) => Promise<T>} work
   * @returns {Promise<T>}
   */
  static async with(url, work) {
    const { host, hash } = new URL(url);
    const protocol = protocolNumber();
    const protocols = [`raft-lab.${protocol}`, hash.slice(1)];
    const socket = new WebSocket(`ws://${host}/lab`, protocols, { origin: `http://${host}` });
    const line = new LabLine(socket);
    await once(socket, 'open');
    try {
      line.#say({ type: 'hello', protocol });
      return await work(line);
    } finally {
      socket.close();
      await once(socket, 'close');
    }
  }

  /**
   * @template T
   * @param {{ readonly type: string, readonly [field: string]: unknown }} command
   * @returns {Promise<T>} what it answers
   * @throws when it fails
   */
  command(command) {
    return this.#ask({ type: 'command', command });
  }

  /**
   * @template T
   * @param {{ readonly type: string, readonly [field: string]: unknown }} query of shared/query.ts
   * @returns {Promise<T>}
   * @throws when it fails
   */
  query(query) {
    return this.#ask({ type: 'query', query });
  }

  /**
   * @template T
   * @param {object} frame
   * @returns {Promise<T>}
   */
  async #ask(frame) {
    const id = this.#nextId++;
    /** @type {Promise<Answer>} */
    const answered = new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
    this.#say({ ...frame, id });
    const { ok, value, failure } = await answered;
    if (!ok) throw new Error(`${JSON.stringify(frame)}: ${failure?.message}`);
    return /** @type {T} */ (value);
  }

  /** @param {object} frame */
  #say(frame) {
    this.#socket.send(packr.pack(frame));
  }

  /** @param {Frame} frame */
  #take(frame) {
    if (frame.type === 'refused') this.#socket.close();
    const answer = frame.packed ? /** @type {Answer} */ (unpackr.unpack(frame.packed)) : frame.result;
    if (!answer) return;
    this.#waiting.get(frame.id)?.resolve(answer);
    this.#waiting.delete(frame.id);
  }
}

/** @returns {number} of the bridge, as its contract says: nothing that is built exports it */
function protocolNumber() {
  const found = /bridgeProtocol = (\d+)/.exec(readFileSync(join(root, 'shared/bridge.ts'), 'utf8'));
  if (!found) throw new Error('shared/bridge.ts names no bridgeProtocol.');
  return Number(found[1]);
}
