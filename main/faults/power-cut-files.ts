/**
 * A folder in memory that can lose its power: what was not flushed reverts, whole or in any mix of 512-byte sectors; names
 * that were not flushed revert to an earlier moment. It outlives the processes that use it, as a disk does.
 */
import type { FileHandle, Files } from '../ports.ts';
import { DirtyFile } from './dirty-file.ts';
import { systemError } from './system-error.ts';

type Names = Map<string, DirtyFile>;

/** Thrown by every act from the power cut on. */
export class PowerCut extends Error {
  override readonly name = 'PowerCut';
}

export class PowerCutFiles implements Files {
  #names: Names;
  /** The folder after each change since the last flush of it; the first is durable. */
  #history: Names[];
  #actsLeft = Number.POSITIVE_INFINITY;
  #failNextDataSync = false;

  constructor(names: Names = new Map()) {
    this.#names = names;
    this.#history = [new Map(names)];
  }

  /** The power goes just before the act that comes after `acts` further ones; 0 cuts it now. Reading is no act. */
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
  afterPowerCut(random: () => number): PowerCutFiles {
    const names = this.#history[Math.floor(random() * this.#history.length)] ?? new Map();
    const survivors: Names = new Map();
    for (const [name, file] of names) survivors.set(name, new DirtyFile(file.afterPowerCut(random)));
    return new PowerCutFiles(survivors);
  }

  list(): string[] {
    return [...this.#names.keys()];
  }

  open(name: string, mode: 'read' | 'read-write' | 'create-new'): FileHandle {
    if (mode === 'create-new') this.#create(name);
    return this.#handle(this.#file(name));
  }

  rename(from: string, to: string): void {
    const file = this.#file(from);
    this.#act();
    this.#names.delete(from);
    this.#names.set(to, file);
    this.#history.push(new Map(this.#names));
  }

  remove(name: string): void {
    this.#file(name);
    this.#act();
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
    this.#names.set(name, new DirtyFile());
    this.#history.push(new Map(this.#names));
  }

  #file(name: string): DirtyFile {
    const file = this.#names.get(name);
    if (file === undefined) throw systemError('ENOENT', name);
    return file;
  }

  #act(): void {
    if (this.#actsLeft <= 0) throw new PowerCut('the power is gone');
    this.#actsLeft -= 1;
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
      write: (bytes, position) => {
        this.#act();
        file.write(bytes, position);
      },
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
