/** How much memory the page and its workers hold. */

/** @typedef {import('playwright-core').CDPSession} Session */

const megabyte = 1024 * 1024;

/**
 * @param {Session} session of the page
 * @param {boolean} isCollected garbage first: exact, and a pause of the page
 * @returns {Promise<number>} MB: objects, and bytes outside of the heap that they hold
 */
export async function pageHeap(session, isCollected) {
  if (isCollected) await session.send('HeapProfiler.collectGarbage');
  return megabytes(await session.send('Runtime.getHeapUsage'));
}

/**
 * Reaches the page's workers. Each speaks through messages within messages.
 */
export class WorkerHeaps {
  /** @type {Session} */
  #session;
  /** @type {Map<string, string>} */
  #titles = new Map();
  /** @type {Map<number, (result: HeapUsage) => void>} */
  #waiting = new Map();
  #nextId = 0;

  /** @param {Session} session of the page */
  constructor(session) {
    this.#session = session;
    session.on('Target.attachedToTarget', ({ sessionId, targetInfo }) => {
      if (targetInfo.type === 'worker') this.#titles.set(sessionId, targetInfo.title);
    });
    session.on('Target.detachedFromTarget', ({ sessionId }) => this.#titles.delete(sessionId));
    session.on('Target.receivedMessageFromTarget', ({ message }) => {
      const { id, result } = JSON.parse(message);
      this.#waiting.get(id)?.(result);
      this.#waiting.delete(id);
    });
  }

  /** Call it before the page is loaded. */
  async begin() {
    await this.#session.send('Target.setAutoAttach', {
      autoAttach: true,
      waitForDebuggerOnStart: false,
      flatten: false,
    });
  }

  /**
   * After a collection of garbage.
   * @returns {Promise<number | null>} MB of all of them; null where there is none
   */
  async collected() {
    let sum = null;
    for (const sessionId of this.#titles.keys()) {
      await this.#ask(sessionId, 'HeapProfiler.collectGarbage');
      sum = (sum ?? 0) + megabytes(await this.#ask(sessionId, 'Runtime.getHeapUsage'));
    }
    return sum;
  }

  /**
   * @param {string} sessionId
   * @param {string} method
   * @returns {Promise<HeapUsage>}
   */
  async #ask(sessionId, method) {
    const id = this.#nextId++;
    /** @type {Promise<HeapUsage>} */
    const answered = new Promise((resolve) => this.#waiting.set(id, resolve));
    await this.#session.send('Target.sendMessageToTarget', { sessionId, message: JSON.stringify({ id, method }) });
    return answered;
  }
}

/**
 * @typedef {{ usedSize: number, backingStorageSize?: number }} HeapUsage
 *
 * @param {HeapUsage} usage
 * @returns {number}
 */
function megabytes({ usedSize, backingStorageSize = 0 }) {
  return Math.round(((usedSize + backingStorageSize) / megabyte) * 10) / 10;
}
