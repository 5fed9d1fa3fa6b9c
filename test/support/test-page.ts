/** A page at the far end of a bridge: says what it is told to say and keeps what it hears. */
import { Packr, Unpackr } from 'msgpackr';
import { vi } from 'vitest';
import type { FrameChannel, LabFrame } from '../../shared/bridge.ts';
import { bridgeProtocol } from '../../shared/bridge.ts';

export type LabFrameOf<Type extends LabFrame['type']> = Extract<LabFrame, { type: Type }>;

export class TestPage {
  readonly frames: LabFrame[] = [];
  readonly sizes: number[] = [];
  closed = false;
  readonly #channel: FrameChannel;

  /** @param keepsUp acknowledges each frame at once; otherwise it gets no more than a page may owe, unless the test acknowledges. */
  constructor(channel: FrameChannel, { keepsUp = false } = {}) {
    this.#channel = channel;
    channel.onFrame((bytes) => {
      // A fresh reader for each frame: it must be readable by itself.
      const frame = new Unpackr().unpack(bytes) as LabFrame;
      this.frames.push(frame);
      this.sizes.push(bytes.byteLength);
      if (keepsUp && (frame.type === 'events' || frame.type === 'gap'))
        this.say({ type: 'acknowledge', frame: frame.frame });
    });
    channel.onClose(() => {
      this.closed = true;
    });
  }

  /** Says anything at all, as MessagePack. */
  say(value: unknown): void {
    this.sayBytes(new Uint8Array(new Packr({ useRecords: true }).pack(value)));
  }

  sayBytes(bytes: Uint8Array): void {
    this.#channel.send(bytes);
  }

  close(): void {
    this.#channel.close();
  }

  of<Type extends LabFrame['type']>(type: Type): LabFrameOf<Type>[] {
    return this.frames.filter((frame): frame is LabFrameOf<Type> => frame.type === type);
  }

  /** Waits for the frame number `count` of this type and gives it. */
  async heard<Type extends LabFrame['type']>(type: Type, count = 1): Promise<LabFrameOf<Type>> {
    return await vi.waitUntil(() => this.of(type)[count - 1], { timeout: 20_000, interval: 2 });
  }

  async greet(): Promise<LabFrameOf<'welcome'>> {
    this.say({ type: 'hello', protocol: bridgeProtocol });
    return await this.heard('welcome');
  }
}
