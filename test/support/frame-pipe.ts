/** Two `FrameChannel`s that are each other's far end, in memory: frames arrive one task later, as with a real port. */
import type { FrameChannel } from '../../shared/bridge.ts';

export function framePipe(): readonly [FrameChannel, FrameChannel] {
  const left = new PipeEnd();
  const right = new PipeEnd();
  left.other = right;
  right.other = left;
  return [left, right];
}

class PipeEnd implements FrameChannel {
  other: PipeEnd | undefined;
  #closed = false;
  readonly #frameHandlers: ((frame: Uint8Array) => void)[] = [];
  readonly #closeHandlers: (() => void)[] = [];

  send(frame: Uint8Array): void {
    if (!this.#closed) setImmediate(() => this.other?.arrive(frame));
  }

  onFrame(handler: (frame: Uint8Array) => void): void {
    this.#frameHandlers.push(handler);
  }

  onClose(handler: () => void): void {
    this.#closeHandlers.push(handler);
  }

  close(): void {
    if (this.#closed) return;
    // What was sent before still arrives.
    setImmediate(() => this.other?.end());
    this.end();
  }

  arrive(frame: Uint8Array): void {
    if (!this.#closed) for (const handler of this.#frameHandlers) handler(frame);
  }

  end(): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const handler of this.#closeHandlers) handler();
  }
}
