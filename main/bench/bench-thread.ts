/** The thread of one server of a measurement, as who started it holds it. */
import type { Worker } from 'node:worker_threads';
import type { NodeId } from '../../shared/ids.ts';
import type { FromBenchNode, ToBenchNode } from './bench-messages.ts';

/** No server led in time, or one ended. */
export class BenchError extends Error {
  override readonly name = 'BenchError';
}

export class BenchThread {
  readonly id: NodeId;
  isLeader = false;
  readonly #worker: Worker;
  readonly #exited: Promise<void>;
  /** It ended by itself. */
  #failure: BenchError | undefined;
  readonly #waiting = new Set<{
    readonly take: (message: FromBenchNode) => void;
    readonly fail: (error: BenchError) => void;
  }>();

  constructor(id: NodeId, worker: Worker) {
    this.id = id;
    this.#worker = worker;
    worker.on('message', (message: FromBenchNode) => {
      if (message.type === 'leading') this.isLeader = message.isLeader;
      if (message.type === 'failed') this.#fail(message.reason);
      for (const { take } of this.#waiting) take(message);
    });
    worker.on('error', (error) => this.#fail(error.message));
    this.#exited = new Promise((resolve) => {
      worker.once('exit', () => {
        this.#fail('its thread has ended');
        resolve();
      });
    });
  }

  tell(message: ToBenchNode): void {
    this.#worker.postMessage(message);
  }

  /** @throws BenchError (rejects) when the server has ended, or ends first */
  async expect<T extends FromBenchNode['type']>(type: T): Promise<Extract<FromBenchNode, { type: T }>> {
    if (this.#failure) throw this.#failure;
    return await new Promise((resolve, reject) => {
      const waiting = {
        take: (message: FromBenchNode): void => {
          if (message.type !== type) return;
          this.#waiting.delete(waiting);
          resolve(message as Extract<FromBenchNode, { type: T }>);
        },
        fail: reject,
      };
      this.#waiting.add(waiting);
    });
  }

  /** Settles when its thread is gone; at once for one that is gone already. */
  async stop(): Promise<void> {
    this.tell({ type: 'stop' });
    await this.#exited;
  }

  #fail(reason: string): void {
    const failure = (this.#failure ??= new BenchError(`Node ${this.id}: ${reason}`));
    for (const { fail } of this.#waiting) fail(failure);
    this.#waiting.clear();
  }
}
