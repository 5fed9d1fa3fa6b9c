/**
 * A folder in memory that can lose its power: what was not flushed reverts, whole or in any mix of 512-byte sectors; names
 * that were not flushed revert to an earlier moment. It outlives the processes that use it, as a disk does.
 */
import type { FileHandle, Files } from '../ports.ts';
import { sectorBytes, type DirtyFile } from './dirty-file.ts';
import { FileSlot } from './file-slot.ts';
import { systemError } from './system-error.ts';

type Names = Map<string, FileSlot>;

/**
 * What the rest of the sector holds in which a write was interrupted: what it held before, or noise where the write would have
 * changed something. A log whose records share sectors has to rely on that much.
 */
export type TornSector = 'lost' | 'noise';

/** Thrown by every act from the power cut on. */
export class PowerCut extends Error {
  override readonly name = 'PowerCut';
}

export class PowerCutFiles implements Files {
  #names: Names;
  /** The folder after each change since the last flush of it; the first is durable. */
  #history: Names[];
  #actsLeft = Number.POSITIVE_INFINITY;
  #bytesLeft = Number.POSITIVE_INFINITY;
  #torn: TornSector = 'lost';
  #failNextDataSync = false;

  constructor(names: Names = new Map()) {
    this.#names = names;
    this.#history = [new Map(names)];
  }

  /** What `files` hold now counts as durable. It is read when it is about to change; nothing is ever written there. */
  static over(files: Files): PowerCutFiles {
    return new PowerCutFiles(
      new Map(files.list().map((name) => [name, FileSlot.below(() => contentsOf(files, name))])),
    );
  }

  /** The power goes just before the act that comes after `acts` further ones; 0 cuts it now. Reading is no act. */
  cutPowerAfter(acts: number): void {
    this.#actsLeft = acts;
  }

  /** The power goes within a write, when `count` further bytes have been written. Other acts need no bytes. */
  cutPowerAfterBytes(count: number, torn: TornSector): void {
    this.#bytesLeft = count;
    this.#torn = torn;
  }

  /**
   * The next dataSync throws, and the system then takes for flushed what is not: what Linux does with pages that the
   * disk refused. They are read as written until the power goes.
   */
  failNextDataSync(): void {
    this.#failNextDataSync = true;
  }

  /** What the disk holds when the power is back. `random` gives numbers from 0 to below 1. */
  afterPowerCut(random: () => number): PowerCutFiles {
    const names = this.#history[Math.floor(random() * this.#history.length)] ?? new Map();
    const survivors: Names = new Map();
    for (const [name, slot] of names) {
      // What nobody read, nobody has changed.
      survivors.set(name, slot.isRead ? FileSlot.of(slot.file.afterPowerCut(random)) : slot);
    }
    return new PowerCutFiles(survivors);
  }

  /** What the disk holds when the power is back, if it had taken everything in time: the latest that can be left. */
  asWritten(): PowerCutFiles {
    return new PowerCutFiles(new Map([...this.#names].map(([name, { file }]) => [name, FileSlot.of(file.contents())])));
  }

  /** False for a file that is as it was below: its name and its contents. */
  isRead(name: string): boolean {
    return this.#slot(name).isRead;
  }

  list(): string[] {
    return [...this.#names.keys()];
  }

  open(name: string, mode: 'read' | 'read-write' | 'create-new'): FileHandle {
    if (mode === 'create-new') this.#create(name);
    return this.#handle(this.#slot(name).file);
  }

  rename(from: string, to: string): void {
    const slot = this.#slot(from);
    this.#act();
    slot.read();
    this.#names.get(to)?.read();
    this.#names.delete(from);
    this.#names.set(to, slot);
    this.#history.push(new Map(this.#names));
  }

  remove(name: string): void {
    const slot = this.#slot(name);
    this.#act();
    slot.read();
    this.#names.delete(name);
    this.#history.push(new Map(this.#names));
  }

  syncFolder(): void {
    this.#act();
    this.#history = [new Map(this.#names)];
  }

  pathOf(name: string): string {
    return `/simulated/${name}`;
  }

  #create(name: string): void {
    if (this.#names.has(name)) throw systemError('EEXIST', name);
    this.#act();
    this.#names.set(name, FileSlot.of());
    this.#history.push(new Map(this.#names));
  }

  #slot(name: string): FileSlot {
    const slot = this.#names.get(name);
    if (slot === undefined) throw systemError('ENOENT', name);
    return slot;
  }

  #act(): void {
    if (this.#actsLeft <= 0) throw new PowerCut('the power is gone');
    this.#actsLeft -= 1;
  }

  #write(file: DirtyFile, bytes: Uint8Array, position: number): void {
    this.#act();
    if (bytes.length <= this.#bytesLeft) {
      this.#bytesLeft -= bytes.length;
      return file.write(bytes, position);
    }
    const cut = position + this.#bytesLeft;
    file.write(bytes.subarray(0, this.#bytesLeft), position);
    if (this.#torn === 'noise') writeNoise(file, bytes.subarray(this.#bytesLeft, sectorEnd(cut) - position), cut);
    this.#actsLeft = 0;
    return this.#act();
  }

  #dataSync(file: DirtyFile): void {
    this.#act();
    if (this.#failNextDataSync) {
      this.#failNextDataSync = false;
      file.failDataSync();
      throw systemError('EIO', 'the disk refused');
    }
    file.dataSync();
  }

  #handle(file: DirtyFile): FileHandle {
    return {
      read: (buffer, position) => file.read(buffer, position),
      write: (bytes, position) => this.#write(file, bytes, position),
      truncate: (length) => {
        this.#act();
        file.truncate(length);
      },
      dataSync: () => this.#dataSync(file),
      size: () => file.length,
      close: () => {},
    };
  }
}

/** All that a file holds. */
export function contentsOf(files: Files, name: string): Uint8Array {
  const handle = files.open(name, 'read');
  try {
    const bytes = new Uint8Array(handle.size());
    handle.read(bytes, 0);
    return bytes;
  } finally {
    handle.close();
  }
}

function sectorEnd(position: number): number {
  return (Math.floor(position / sectorBytes) + 1) * sectorBytes;
}

/** Where `bytes` at `position` would change something: noise, the same each time. */
function writeNoise(file: DirtyFile, bytes: Uint8Array, position: number): void {
  const noise = new Uint8Array(bytes.length);
  file.read(noise, position);
  for (const [at, byte] of bytes.entries()) if (noise[at] !== byte) noise[at] = (at * 167 + 91) & 0xff;
  file.write(noise, position);
}
