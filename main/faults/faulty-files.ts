/**
 * A folder on a disk that is slow, failing or full, below the log's own code. Its calls answer at once or throw, so a disk
 * that is stuck is for `FaultyStorage`, above the log.
 */
import { seedFor, type RandomState } from '../../shared/random.ts';
import type { FileHandle, Files } from '../ports.ts';
import { drawDelayNs } from './delays.ts';
import { soundDisk, type DiskFaultAct, type DiskFaults } from './disk-faults.ts';
import { systemError } from './system-error.ts';

export interface FaultyFilesOptions {
  /** Draws the delays. */
  readonly seed: number;
  /** The process stands still for so long, as one does that waits for its disk. Without it a slow disk only reports. */
  readonly stall?: (delayNs: number) => void;
  /** Told of each act of a fault. */
  readonly report?: (act: DiskFaultAct) => void;
}

export class FaultyFiles implements Files {
  readonly #inner: Files;
  readonly #options: FaultyFilesOptions;
  readonly #random: RandomState;
  #faults: DiskFaults = soundDisk;
  #freeBytes = Number.POSITIVE_INFINITY;

  constructor(inner: Files, options: FaultyFilesOptions) {
    this.#inner = inner;
    this.#options = options;
    this.#random = { random: seedFor(options.seed, 'files') };
  }

  /** Replaces all faults; they hold for files that are open, too. */
  setFaults(faults: DiskFaults): void {
    this.#faults = faults;
    this.#freeBytes = faults.full?.freeBytes ?? Number.POSITIVE_INFINITY;
  }

  list(): string[] {
    return this.#inner.list();
  }

  open(name: string, mode: 'read' | 'read-write' | 'create-new'): FileHandle {
    if (mode === 'create-new') {
      this.#refuseIfFailing();
      if (this.#freeBytes <= 0) this.#refuseAsFull();
    }
    return this.#handle(this.#inner.open(name, mode));
  }

  rename(from: string, to: string): void {
    this.#refuseIfFailing();
    this.#inner.rename(from, to);
  }

  remove(name: string): void {
    this.#refuseIfFailing();
    this.#inner.remove(name);
  }

  syncFolder(): void {
    this.#flush(() => this.#inner.syncFolder());
  }

  pathOf(name: string): string {
    return this.#inner.pathOf(name);
  }

  #handle(handle: FileHandle): FileHandle {
    return {
      read: (buffer, position) => handle.read(buffer, position),
      write: (bytes, position) => this.#write(handle, bytes, position),
      truncate: (length) => {
        this.#refuseIfFailing();
        handle.truncate(length);
      },
      dataSync: () => this.#flush(() => handle.dataSync()),
      size: () => handle.size(),
      close: () => handle.close(),
    };
  }

  /** On a full disk the first part may still fit: it is written before the error, as systems do. */
  #write(handle: FileHandle, bytes: Uint8Array, position: number): void {
    this.#refuseIfFailing();
    if (this.#faults.full === undefined) {
      handle.write(bytes, position);
      return;
    }
    const grownBytes = Math.max(0, position + bytes.length - handle.size());
    const takenBytes = Math.min(grownBytes, this.#freeBytes);
    handle.write(bytes.subarray(0, bytes.length - (grownBytes - takenBytes)), position);
    this.#freeBytes -= takenBytes;
    if (takenBytes < grownBytes) this.#refuseAsFull();
  }

  #flush(flush: () => void): void {
    const { slow, failing } = this.#faults;
    if (slow !== undefined) {
      const delayNs = drawDelayNs(this.#random, slow);
      this.#report(slow.faultRule, 'flush-delayed', delayNs);
      this.#options.stall?.(delayNs);
    }
    if (failing?.at === 'flush') {
      this.#report(failing.faultRule, 'flush-failed');
      throw systemError('EIO', 'the disk answered a flush with an error');
    }
    flush();
  }

  #refuseIfFailing(): void {
    const { failing } = this.#faults;
    if (failing?.at !== 'write') return;
    this.#report(failing.faultRule, 'write-refused');
    throw systemError('EIO', 'the disk refused a write');
  }

  #refuseAsFull(): never {
    this.#report(this.#faults.full?.faultRule ?? '', 'write-refused');
    throw systemError('ENOSPC', 'no space left on the disk');
  }

  #report(faultRule: string, act: DiskFaultAct['act'], delayNs = 0): void {
    this.#options.report?.({ faultRule, act, delayNs });
  }
}
