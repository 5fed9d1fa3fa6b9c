/**
 * A folder in memory that can lose its power: what was not flushed reverts, whole or in any mix of 512-byte sectors; names
 * that were not flushed revert to an earlier moment.
 */
import type { FileHandle, Files } from '../../../main/ports.ts';

const sectorBytes = 512;

interface SimulatedFile {
  bytes: Uint8Array;
  durable: Uint8Array;
  /** Written since the last dataSync: what the next one makes durable. */
  readonly dirtySectors: Set<number>;
}
type Names = Map<string, SimulatedFile>;

/** Thrown by every act from the power cut on. */
export class PowerCut extends Error {}

export class SimulatedFiles implements Files {
  #names: Names;
  /** The folder after each change since the last flush of it; the first is durable. */
  #history: Names[];
  #actsLeft = Number.POSITIVE_INFINITY;
  #failNextDataSync = false;

  constructor(names: Names = new Map()) {
    this.#names = names;
    this.#history = [new Map(names)];
  }

  /** The power goes just before the act that comes after `acts` further ones. Reading is no act. */
  cutPowerAfter(acts: number): void {
    this.#actsLeft = acts;
  }

  /**
   * The next dataSync throws, and the system then takes for flushed what is not: what Linux does with pages that the
   * disk refused. They are read as written until the power goes.
   */
  failNextDataSync(): void {
    this.#failNextDataSync = true;
  }

  /** What the disk holds when the power is back. `random` gives numbers from 0 to below 1. */
  afterPowerCut(random: () => number): SimulatedFiles {
    const names = this.#history[Math.floor(random() * this.#history.length)] ?? new Map();
    const survivors = new Map<string, SimulatedFile>();
    for (const [name, file] of names) {
      const bytes = mixSectors(file, random);
      survivors.set(name, { bytes, durable: bytes.slice(), dirtySectors: new Set() });
    }
    return new SimulatedFiles(survivors);
  }

  list(): string[] {
    return [...this.#names.keys()];
  }

  open(name: string, mode: 'read' | 'read-write' | 'create-new'): FileHandle {
    if (mode === 'create-new') {
      if (this.#names.has(name)) throw new Error(`EEXIST: ${name}`);
      this.#act(() =>
        this.#names.set(name, { bytes: new Uint8Array(0), durable: new Uint8Array(0), dirtySectors: new Set() }),
      );
      this.#history.push(new Map(this.#names));
    }
    return this.#handle(this.#file(name));
  }

  rename(from: string, to: string): void {
    this.#act(() => {
      this.#names.set(to, this.#file(from));
      this.#names.delete(from);
    });
    this.#history.push(new Map(this.#names));
  }

  remove(name: string): void {
    this.#file(name);
    this.#act(() => this.#names.delete(name));
    this.#history.push(new Map(this.#names));
  }

  syncFolder(): void {
    this.#act(() => (this.#history = [new Map(this.#names)]));
  }

  pathOf(name: string): string {
    return `/simulated/${name}`;
  }

  #file(name: string): SimulatedFile {
    const file = this.#names.get(name);
    if (!file) throw new Error(`ENOENT: ${name}`);
    return file;
  }

  #act(act: () => unknown): void {
    if (this.#actsLeft <= 0) throw new PowerCut('the power is gone');
    this.#actsLeft -= 1;
    act();
  }

  #dataSync(file: SimulatedFile): void {
    const dirty = [...file.dirtySectors];
    file.dirtySectors.clear();
    if (this.#failNextDataSync) {
      this.#failNextDataSync = false;
      throw Object.assign(new Error('EIO: the disk refused'), { code: 'EIO' });
    }
    file.durable = resized(file.durable, file.bytes.length);
    for (const sector of dirty) copySector(file.bytes, file.durable, sector);
  }

  #handle(file: SimulatedFile): FileHandle {
    return {
      read: (buffer, position) => {
        const part = file.bytes.subarray(position, position + buffer.length);
        buffer.set(part);
        return part.length;
      },
      write: (bytes, position) =>
        this.#act(() => {
          const longer = new Uint8Array(Math.max(file.bytes.length, position + bytes.length));
          longer.set(file.bytes);
          longer.set(bytes, position);
          file.bytes = longer;
          const last = Math.floor((position + bytes.length - 1) / sectorBytes);
          for (let sector = Math.floor(position / sectorBytes); sector <= last; sector += 1)
            file.dirtySectors.add(sector);
        }),
      truncate: (length) => this.#act(() => (file.bytes = resized(file.bytes, length))),
      dataSync: () => this.#act(() => this.#dataSync(file)),
      size: () => file.bytes.length,
      close: () => {},
    };
  }
}

function resized(bytes: Uint8Array, length: number): Uint8Array {
  const resized = new Uint8Array(length);
  resized.set(bytes.subarray(0, length));
  return resized;
}

function copySector(from: Uint8Array, to: Uint8Array, sector: number): void {
  const at = sector * sectorBytes;
  to.set(from.subarray(at, Math.min(at + sectorBytes, to.length)), at);
}

/** Each sector as it was flushed, or as it was written since. */
function mixSectors({ bytes, durable, dirtySectors }: SimulatedFile, random: () => number): Uint8Array {
  const mixed = resized(durable, random() < 0.5 ? durable.length : bytes.length);
  const kept = random();
  for (const sector of dirtySectors) {
    if (sector * sectorBytes < mixed.length && random() < kept) copySector(bytes, mixed, sector);
  }
  return mixed;
}
