/**
 * A file in memory that knows what a power cut would leave of it. Sectors that were flushed are copied aside when they are
 * first written to again; what lies behind the flushed length needs no copy. So appending and flushing, which is what logs
 * do, costs little more than the bytes themselves.
 */

/** What a disk writes whole or not at all, bytes. */
export const sectorBytes = 512;

const capacityMin = 4_096;

export class DirtyFile {
  /** Zero from `#length` on. */
  #bytes: Uint8Array;
  #length: number;
  /** Up to here the length is durable, and the contents but for `#before`. */
  #durableLength: number;
  /** By number: the flushed contents of sectors that were changed since, up to the durable length. */
  readonly #before = new Map<number, Uint8Array>();
  /** The same for sectors that the disk refused and the system takes for flushed: only writing to them again mends them. */
  readonly #refused = new Map<number, Uint8Array>();

  /** @param bytes durable; the file goes on with its own copy. */
  constructor(bytes: Uint8Array = new Uint8Array(0)) {
    this.#bytes = bytes.slice();
    this.#length = bytes.length;
    this.#durableLength = bytes.length;
  }

  get length(): number {
    return this.#length;
  }

  /** @returns bytes read; fewer than asked only at the end. */
  read(buffer: Uint8Array, position: number): number {
    const part = this.#bytes.subarray(position, Math.max(position, Math.min(this.#length, position + buffer.length)));
    buffer.set(part);
    return part.length;
  }

  /** A copy of all that is read from it. */
  contents(): Uint8Array {
    return this.#bytes.slice(0, this.#length);
  }

  write(bytes: Uint8Array, position: number): void {
    if (bytes.length === 0) return;
    const end = position + bytes.length;
    this.#keepBefore(position, end);
    this.#reserve(end);
    this.#bytes.set(bytes, position);
    this.#length = Math.max(this.#length, end);
  }

  truncate(length: number): void {
    this.#reserve(length);
    if (length < this.#length) {
      this.#keepBefore(length, this.#length);
      this.#bytes.fill(0, length, this.#length);
    }
    this.#length = length;
  }

  /** Everything is durable. */
  dataSync(): void {
    this.#before.clear();
    this.#durableLength = this.#length;
  }

  /**
   * What a `dataSync` that fails leaves on Linux: the system takes what the disk refused for flushed, so no later flush
   * writes it, and it is read as written until the power goes.
   */
  failDataSync(): void {
    for (const [sector, bytes] of this.#before) this.#refused.set(sector, bytes);
    this.#before.clear();
    for (const sector of this.#grownSectors(this.#length)) {
      if (!this.#refused.has(sector)) this.#refused.set(sector, this.#flushedPart(sector));
    }
  }

  /**
   * What the disk holds when the power is back: of what was not flushed, any mix of sectors, in a file of any length
   * between the flushed one and the last one. `random` gives numbers from 0 to below 1.
   */
  afterPowerCut(random: () => number): Uint8Array {
    const image = this.#flushedImage(this.#lengthAfterPowerCut(random));
    const keptShare = random();
    const limit = Math.min(image.length, this.#length);
    const keepSome = (sector: number): void => {
      if (random() >= keptShare) return;
      const at = sector * sectorBytes;
      if (at < limit) image.set(this.#bytes.subarray(at, Math.min(at + sectorBytes, limit)), at);
    };
    for (const sector of this.#before.keys()) keepSome(sector);
    for (const sector of this.#grownSectors(limit)) {
      if (!this.#refused.has(sector) && !this.#before.has(sector)) keepSome(sector);
    }
    return image;
  }

  #lengthAfterPowerCut(random: () => number): number {
    const draw = random();
    if (draw < 0.4) return this.#durableLength;
    if (draw < 0.8) return this.#length;
    return this.#durableLength + Math.round(random() * (this.#length - this.#durableLength));
  }

  /** The flushed contents, cut or filled with zeros to `length`. */
  #flushedImage(length: number): Uint8Array {
    const image = new Uint8Array(length);
    image.set(this.#bytes.subarray(0, Math.min(length, this.#length, this.#durableLength)));
    for (const changed of [this.#before, this.#refused]) {
      for (const [sector, bytes] of changed) {
        const at = sector * sectorBytes;
        if (at >= length) continue;
        image.fill(0, at, Math.min(at + sectorBytes, length));
        image.set(bytes.subarray(0, length - at), at);
      }
    }
    return image;
  }

  /** Sectors that hold something behind the durable length, up to `limit`. */
  *#grownSectors(limit: number): Generator<number> {
    if (limit <= this.#durableLength) return;
    for (let sector = Math.floor(this.#durableLength / sectorBytes); sector * sectorBytes < limit; sector += 1) {
      yield sector;
    }
  }

  /** A copy of the flushed bytes of a sector that was not changed but behind the durable length. */
  #flushedPart(sector: number): Uint8Array {
    const at = sector * sectorBytes;
    return this.#bytes.slice(at, Math.max(at, Math.min(at + sectorBytes, this.#durableLength)));
  }

  /** Copies the flushed sectors aside that [from, to) touches. */
  #keepBefore(from: number, to: number): void {
    const first = Math.floor(from / sectorBytes);
    if (this.#refused.size > 0) this.#mendRefused(first, to);
    if (from >= this.#durableLength) return;
    const end = Math.min(to, this.#durableLength);
    for (let sector = first; sector * sectorBytes < end; sector += 1) {
      if (!this.#before.has(sector)) this.#before.set(sector, this.#flushedPart(sector));
    }
  }

  /** Written to again, a refused sector is dirty again. */
  #mendRefused(first: number, to: number): void {
    for (let sector = first; sector * sectorBytes < to; sector += 1) {
      const flushed = this.#refused.get(sector);
      if (flushed === undefined) continue;
      this.#refused.delete(sector);
      this.#before.set(sector, flushed);
    }
  }

  #reserve(length: number): void {
    if (length <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(capacityMin, this.#bytes.length * 2, length));
    larger.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = larger;
  }
}
