/**
 * Puts the messages of one sender together from their fragments. Bounded in messages, bytes and time: what is given up
 * is like a message that the network lost.
 */
import { limits } from '../../shared/cluster-config.ts';
import { nanosecondsPerMillisecond } from '../../shared/duration.ts';
import type { BootId } from '../../shared/ids.ts';
import { pieceBytes, type FragmentPrefix, type FragmentsHeld } from './fragment-codec.ts';

/** Acknowledged at the latest after so many bytes, so that a sender's window never waits for more. */
const unacknowledgedBytesMax = 16 * 1024;

interface Partial {
  readonly body: Uint8Array;
  readonly count: number;
  readonly bits: Uint8Array;
  heldCount: number;
  lastIndex: number;
  lastNs: number;
  unacknowledgedBytes: number;
}

export interface Arrival {
  /** The whole body, when this part completed it. The caller's alone. */
  readonly body?: Uint8Array;
  /** What to tell the sender, when it is time to. */
  readonly held?: FragmentsHeld;
}

export class Reassembly {
  #boot: BootId = 0;
  /** In the order in which they were last heard of: the first one goes first. */
  readonly #partials = new Map<number, Partial>();
  #bytes = 0;
  /** Message → count of its parts. */
  readonly #completed = new Map<number, number>();
  readonly #bytesMax: number;

  constructor(bytesMax: number = limits.partialBytesMax) {
    this.#bytesMax = bytesMax;
  }

  /** Bytes that are set aside. */
  get bytes(): number {
    return this.#bytes;
  }

  get messages(): number {
    return this.#partials.size;
  }

  /** A part that `readFragmentPrefix` found in order. */
  take(boot: BootId, prefix: FragmentPrefix, index: number, count: number, piece: Uint8Array, nowNs: number): Arrival {
    if (boot !== this.#boot) this.#beginBoot(boot);
    const { message, totalBytes } = prefix;
    const completedCount = this.#completed.get(message);
    if (completedCount !== undefined) return { held: allHeld(message, completedCount) };
    this.#dropOld(nowNs);
    let partial = this.#partials.get(message);
    if (partial && (partial.count !== count || partial.body.length !== totalBytes)) {
      this.#drop(message, partial);
      partial = undefined;
    }
    partial ??= this.#begin(totalBytes, count, nowNs);
    // Last in the order from now on.
    this.#partials.delete(message);
    this.#partials.set(message, partial);
    partial.lastNs = nowNs;
    const isNew = put(partial, index, piece);
    if (partial.heldCount === count) return this.#complete(message, partial);
    return acknowledgement(message, partial, index, isNew);
  }

  #begin(totalBytes: number, count: number, nowNs: number): Partial {
    for (const [message, partial] of this.#partials) {
      const isRoom = this.#partials.size < limits.partialMessagesMax && this.#bytes + totalBytes <= this.#bytesMax;
      if (isRoom) break;
      this.#drop(message, partial);
    }
    this.#bytes += totalBytes;
    return {
      body: new Uint8Array(totalBytes),
      count,
      bits: new Uint8Array(Math.ceil(count / 8)),
      heldCount: 0,
      lastIndex: -1,
      lastNs: nowNs,
      unacknowledgedBytes: 0,
    };
  }

  #complete(message: number, partial: Partial): Arrival {
    this.#drop(message, partial);
    this.#completed.set(message, partial.count);
    if (this.#completed.size > limits.completedMessagesMax) {
      const [oldest] = this.#completed.keys();
      if (oldest !== undefined) this.#completed.delete(oldest);
    }
    return { body: partial.body, held: allHeld(message, partial.count) };
  }

  #dropOld(nowNs: number): void {
    const oldestNs = nowNs - limits.partialMessageMs * nanosecondsPerMillisecond;
    for (const [message, partial] of this.#partials) {
      if (partial.lastNs >= oldestNs) return;
      this.#drop(message, partial);
    }
  }

  #drop(message: number, partial: Partial): void {
    this.#partials.delete(message);
    this.#bytes -= partial.body.length;
  }

  /** Numbers of another boot mean other messages. */
  #beginBoot(boot: BootId): void {
    this.#boot = boot;
    this.#partials.clear();
    this.#completed.clear();
    this.#bytes = 0;
  }
}

/** @returns false when it was there before. */
function put(partial: Partial, index: number, piece: Uint8Array): boolean {
  const byte = partial.bits[index >> 3] ?? 0;
  const bit = 1 << (index & 7);
  if ((byte & bit) !== 0) return false;
  partial.bits[index >> 3] = byte | bit;
  partial.heldCount += 1;
  partial.body.set(piece, index * pieceBytes(partial.body.length, partial.count));
  partial.unacknowledgedBytes += piece.length;
  return true;
}

/** A gap, a repetition and the last part are told at once, so that what is lost is sent again soon. */
function acknowledgement(message: number, partial: Partial, index: number, isNew: boolean): Arrival {
  const isInOrder = isNew && index === partial.lastIndex + 1 && index < partial.count - 1;
  partial.lastIndex = index;
  if (isInOrder && partial.unacknowledgedBytes < unacknowledgedBytesMax) return {};
  partial.unacknowledgedBytes = 0;
  return { held: { message, count: partial.count, bits: partial.bits } };
}

function allHeld(message: number, count: number): FragmentsHeld {
  return { message, count, bits: new Uint8Array(Math.ceil(count / 8)).fill(0xff) };
}
