/**
 * Between the core and the disk: hands changes to the storage, runs one flush at a time, and holds back every message
 * until the write that it depends on is durable (rule `persist-before-reply`, Raft §5.1).
 */
import { limits } from '../../shared/cluster-config.ts';
import type { FlushOutcome, Storage } from '../ports.ts';
import type { PersistEffect, SendEffect } from '../raft/contract.ts';

export class WriteGate {
  readonly #storage: Storage;
  readonly #transmit: (send: SendEffect) => void;
  #lastWrite = 0;
  #durableWrite = 0;
  #flushing = false;
  /** Messages that wait for a write, in order. */
  #held: SendEffect[] = [];

  /** @param transmit lets a message go */
  constructor(storage: Storage, transmit: (send: SendEffect) => void) {
    this.#storage = storage;
    this.#transmit = transmit;
  }

  /** With a disk that does not answer: what else comes would only pile up behind what waits for it. */
  get isFull(): boolean {
    return this.#lastWrite - this.#durableWrite >= limits.pendingWritesMax;
  }

  /** @throws StorageError when the disk refuses; then nothing that waits for it may leave. */
  write(change: PersistEffect): void {
    this.#lastWrite = change.write;
    this.#storage.write(change);
  }

  /**
   * Sends now, or as soon as the message may leave. With a disk that does not answer, messages past `limits.heldMessagesMax` are
   * lost: they would be said again anyway.
   */
  send(send: SendEffect): void {
    if (send.after <= this.#durableWrite) this.#transmit(send);
    else if (this.#held.length < limits.heldMessagesMax) this.#held.push(send);
  }

  /** One fdatasync at a time: does nothing while one is under way; what is written meanwhile shares the next one. */
  flush(done: (write: number, outcome: FlushOutcome) => void): void {
    if (this.#flushing || this.#lastWrite === this.#durableWrite) return;
    this.#flushing = true;
    const write = this.#lastWrite;
    this.#storage.flush((outcome) => {
      this.#flushing = false;
      done(write, outcome);
    });
  }

  /** Everything up to `write` is durable: sends what waited for it. */
  release(write: number): void {
    this.#durableWrite = write;
    const due = this.#held.filter(({ after }) => after <= write);
    this.#held = this.#held.filter(({ after }) => after > write);
    for (const send of due) this.#transmit(send);
  }
}
