/**
 * Cuts the stream into frames, a handful of times a second for each page alike: a batch is encoded once, whoever gets it.
 */
import { limits } from '../../shared/cluster-config.ts';
import type { LabEvent } from '../../shared/event.ts';
import { encodeLabFrame } from './frame-codec.ts';
import type { World } from './world.ts';

/** Who gets the frames. */
export interface EventReceiver {
  /** Frame number `frame` with `count` events. `bytes` are shared: not to be changed. */
  takeEvents(frame: number, bytes: Uint8Array, count: number): void;
}

/** About one picture of a screen. */
const flushDelayMs = 16;

export class EventBroadcast {
  readonly #world: Pick<World, 'subscribe' | 'nowNs' | 'position'>;
  readonly #receivers = new Set<EventReceiver>();
  readonly #unsubscribe: () => void;
  #pending: LabEvent[] = [];
  /** Of the first of them. */
  #position = 0;
  #timer: NodeJS.Timeout | undefined;
  #frames = 0;

  constructor(world: Pick<World, 'subscribe' | 'nowNs' | 'position'>) {
    this.#world = world;
    this.#unsubscribe = world.subscribe((events) => this.#collect(events));
  }

  /** From the next flush on. Flush before taking a snapshot for it: what waits is in the snapshot already. */
  add(receiver: EventReceiver): void {
    this.#receivers.add(receiver);
  }

  remove(receiver: EventReceiver): void {
    this.#receivers.delete(receiver);
  }

  /** Numbers rise over all frames; a page sees some of them. */
  nextFrame(): number {
    this.#frames += 1;
    return this.#frames;
  }

  /** Sends what waits. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const events = this.#pending;
    this.#pending = [];
    for (let start = 0; start < events.length; start += limits.eventsPerFrameMax) {
      this.#send(this.#position + start, events.slice(start, start + limits.eventsPerFrameMax));
    }
  }

  close(): void {
    this.#unsubscribe();
    this.flush();
    this.#receivers.clear();
  }

  #collect(events: readonly LabEvent[]): void {
    if (this.#receivers.size === 0) return;
    if (this.#pending.length === 0) this.#position = this.#world.position - events.length;
    for (const event of events) this.#pending.push(event);
    if (this.#pending.length >= limits.eventsPerFrameMax) this.flush();
    else this.#timer ??= setTimeout(() => this.flush(), flushDelayMs);
  }

  #send(position: number, events: readonly LabEvent[]): void {
    const frame = this.nextFrame();
    const bytes = encodeLabFrame({ type: 'events', frame, nowNs: this.#world.nowNs(), position, events });
    for (const receiver of this.#receivers) receiver.takeEvents(frame, bytes, events.length);
  }
}
