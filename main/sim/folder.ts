/**
 * A data folder over all processes that use it, at either level of the disk: a log in memory, or bytes in files under the
 * real storage.
 */
import type { BootId, StorageId } from '../../shared/ids.ts';
import { openStorage } from '../disk/open-storage.ts';
import { PowerCutFiles } from '../faults/power-cut-files.ts';
import type { Storage } from '../ports.ts';
import type { Draws } from './draws.ts';
import { MemoryDisk } from './memory-disk.ts';
import { MemoryStorage, type FlushTimes } from './memory-storage.ts';
import type { Process, World } from './world.ts';

export interface Folder {
  readonly storageId: StorageId;
  /** The latest boot on it. */
  readonly boot: BootId;
  /** @throws StorageError when what it holds can't be trusted. */
  open(world: World, process: Process): Storage;
  /**
   * The power goes a moment later, in the middle of what the process writes: it dies of it. True when that is possible
   * (with bytes); otherwise the caller ends the process now.
   */
  cutPowerSoon(): boolean;
  /** What is left of it when the power is back. The process is dead. */
  losePower(): void;
}

const tornPerMille = 400;

export class MemoryFolder implements Folder {
  readonly storageId: StorageId;
  readonly #disk: MemoryDisk;
  readonly #times: FlushTimes;
  readonly #draws: Draws;

  constructor(storageId: StorageId, bootAfter: BootId, times: FlushTimes, draws: Draws) {
    this.storageId = storageId;
    this.#disk = new MemoryDisk(storageId, bootAfter);
    this.#times = times;
    this.#draws = draws;
  }

  get boot(): BootId {
    return this.#disk.boot;
  }

  open(world: World, process: Process): Storage {
    return new MemoryStorage(this.#disk, this.#times, this.#draws, world, process);
  }

  cutPowerSoon(): boolean {
    return false;
  }

  losePower(): void {
    this.#disk.cutPower(this.#draws, tornPerMille);
  }
}

/** Small, so that a run goes through several. */
const segmentBytesMax = 64 * 1024;
/** Of acts on the disk that may still succeed when the power is about to go. */
const actsLeftMax = 12;

export class ByteFolder implements Folder {
  readonly storageId: StorageId;
  readonly #draws: Draws;
  #files = new PowerCutFiles();
  #boot: BootId;

  /** @param bootAfter the last boot on the folder whose place this one takes; 0 without one */
  constructor(storageId: StorageId, bootAfter: BootId, draws: Draws) {
    this.storageId = storageId;
    this.#draws = draws;
    this.#boot = bootAfter;
  }

  get boot(): BootId {
    return this.#boot;
  }

  open(world: World): Storage {
    const [newUuid, nowNs] = [(): StorageId => this.storageId, (): number => world.nowNs];
    const storage = openStorage(this.#files, { segmentBytesMax, newUuid, nowNs, bootAfter: this.#boot });
    this.#boot = storage.recovered.boot;
    return storage;
  }

  cutPowerSoon(): boolean {
    this.#files.cutPowerAfter(this.#draws.integer(0, actsLeftMax));
    return true;
  }

  losePower(): void {
    this.#files = this.#files.afterPowerCut(() => this.#draws.integer(0, 0xfffffff) / 0x10000000);
  }
}
