/** The chunks that were looked into last, with their events: at most so many events. */
import type { LoadedChunk } from './loaded-chunk.ts';

export class ChunkCache {
  readonly #eventsMax: number;
  /** The one that was used longest ago first. */
  readonly #chunks = new Map<object, LoadedChunk>();
  #events = 0;

  constructor(eventsMax: number) {
    this.#eventsMax = eventsMax;
  }

  get(key: object, load: () => LoadedChunk): LoadedChunk {
    const held = this.#chunks.get(key);
    if (held) {
      this.#chunks.delete(key);
      this.#chunks.set(key, held);
      return held;
    }
    const loaded = load();
    this.#chunks.set(key, loaded);
    this.#events += loaded.events.length;
    for (const [oldest, chunk] of this.#chunks) {
      if (this.#events <= this.#eventsMax || oldest === key) break;
      this.#chunks.delete(oldest);
      this.#events -= chunk.events.length;
    }
    return loaded;
  }
}
