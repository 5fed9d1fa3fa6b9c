/**
 * Sends messages to one receiver that are larger than a datagram: in parts, as many at once as its window holds, and
 * those again that got lost. It has no timer; whoever sends to that receiver or hears from it gives the pulse, and in a
 * cluster heartbeats do.
 */
import { limits } from '../../shared/cluster-config.ts';
import { nanosecondsPerMillisecond } from '../../shared/duration.ts';
import type { MessageSummary } from '../../shared/event.ts';
import type { MessageKind } from '../../shared/raft-message.ts';
import { pieceBytes, pieceCount, type FragmentsHeld } from './fragment-codec.ts';

export interface LargeMessage {
  readonly kind: MessageKind;
  readonly uuid: string;
  readonly summary: MessageSummary;
  /** Not written to by anyone any more. */
  readonly body: Uint8Array;
}

/** One part that shall leave now. */
export interface Piece {
  readonly large: LargeMessage;
  /** The message's number; 0 in its first part ever, whose datagram gives it. */
  readonly message: number;
  readonly index: number;
  readonly count: number;
  readonly bytes: Uint8Array;
}

/** Hands a part to the network. @returns the number of its datagram. */
export type SendPiece = (piece: Piece) => number;

/** `lost` and `resent` come after `sent`: a part is taken for lost because of a gap only once. */
type PieceState = 'unsent' | 'sent' | 'lost' | 'resent' | 'held';

interface Outgoing {
  readonly large: LargeMessage;
  readonly pieces: PieceState[];
  readonly size: number;
  message: number;
  heldCount: number;
  lastNewsNs: number;
  silences: number;
}

/** So many later parts that arrived say that one is lost and not merely overtaken. */
const overtakenMax = 3;

export class FragmentSender {
  readonly #send: SendPiece;
  readonly #windowBytes: number;
  readonly #waitingBytesMax: number;
  #outgoing: Outgoing[] = [];
  #waitingBytes = 0;
  #inFlightBytes = 0;

  /** @param waitingBytesMax of messages that are not all there yet */
  constructor(windowBytes: number, send: SendPiece, waitingBytesMax: number = limits.outgoingFragmentedBytesMax) {
    this.#windowBytes = windowBytes;
    this.#send = send;
    this.#waitingBytesMax = waitingBytesMax;
  }

  /** Messages that are not all there yet. */
  get messages(): number {
    return this.#outgoing.length;
  }

  /** @param roomBytes what one part may have. @returns false when too much waits already; then nothing is sent. */
  begin(large: LargeMessage, roomBytes: number, nowNs: number): boolean {
    const bytes = large.body.length;
    const isFull =
      this.#outgoing.length >= limits.outgoingFragmentedMax || this.#waitingBytes + bytes > this.#waitingBytesMax;
    if (isFull) return false;
    this.#waitingBytes += bytes;
    this.#outgoing.push(cut(large, roomBytes, nowNs));
    this.#pump();
    return true;
  }

  /** The receiver says what it has. */
  onHeld({ message, count, bits }: FragmentsHeld, nowNs: number): void {
    const outgoing = this.#outgoing.find((one) => one.message === message);
    if (outgoing === undefined || outgoing.pieces.length !== count) return;
    let highest = -1;
    for (let index = 0; index < count; index += 1) {
      if (((bits[index >> 3] ?? 0) & (1 << (index & 7))) === 0) continue;
      highest = index;
      if (outgoing.pieces[index] === 'held') continue;
      this.#set(outgoing, index, 'held');
      outgoing.heldCount += 1;
      outgoing.lastNewsNs = nowNs;
      outgoing.silences = 0;
    }
    if (outgoing.heldCount === count) this.#finish(outgoing);
    // Once by this rule: a second loss shows as silence.
    else this.#loseUpTo(outgoing, highest - overtakenMax, (state) => state === 'sent');
    this.#pump();
  }

  /** Sends again what nothing was heard of for too long, and in the end gives it up. */
  pulse(nowNs: number): void {
    for (const outgoing of this.#outgoing) {
      const patienceNs = limits.fragmentResendMs * nanosecondsPerMillisecond * 2 ** outgoing.silences;
      if (outgoing.message === 0 || nowNs - outgoing.lastNewsNs < patienceNs) continue;
      outgoing.lastNewsNs = nowNs;
      outgoing.silences += 1;
      this.#loseUpTo(outgoing, outgoing.pieces.length - 1, isInFlight);
      if (outgoing.silences > limits.fragmentResendsMax) this.#finish(outgoing);
    }
    if (this.#outgoing.length > 0) this.#pump();
  }

  /** The path takes less than was thought: messages whose parts are larger are cut anew. */
  recut(roomBytes: number, nowNs: number): void {
    for (const outgoing of this.#outgoing.filter(({ size }) => size > roomBytes)) {
      this.#loseUpTo(outgoing, outgoing.pieces.length - 1, isInFlight);
      this.#outgoing[this.#outgoing.indexOf(outgoing)] = cut(outgoing.large, roomBytes, nowNs);
    }
    this.#pump();
  }

  /** The receiver has begun anew, or is gone. */
  clear(): void {
    this.#outgoing = [];
    this.#waitingBytes = 0;
    this.#inFlightBytes = 0;
  }

  #pump(): void {
    for (const outgoing of this.#outgoing) {
      for (const [index, state] of outgoing.pieces.entries()) {
        if (state !== 'unsent' && state !== 'lost') continue;
        if (this.#inFlightBytes > 0 && this.#inFlightBytes + outgoing.size > this.#windowBytes) return;
        this.#sendOne(outgoing, index, state === 'lost' ? 'resent' : 'sent');
      }
    }
  }

  #sendOne(outgoing: Outgoing, index: number, state: PieceState): void {
    const { large, pieces, size, message } = outgoing;
    this.#set(outgoing, index, state);
    const bytes = large.body.subarray(index * size, (index + 1) * size);
    const datagram = this.#send({ large, message, index, count: pieces.length, bytes });
    if (message === 0) outgoing.message = datagram;
  }

  #loseUpTo(outgoing: Outgoing, last: number, isLost: (state: PieceState | undefined) => boolean): void {
    for (let index = 0; index <= last; index += 1) {
      const state = outgoing.pieces[index];
      if (isInFlight(state) && isLost(state)) this.#set(outgoing, index, 'lost');
    }
  }

  /** The window holds what was sent and is not known to be there. */
  #set(outgoing: Outgoing, index: number, state: PieceState): void {
    if (isInFlight(outgoing.pieces[index])) this.#inFlightBytes -= outgoing.size;
    if (isInFlight(state)) this.#inFlightBytes += outgoing.size;
    outgoing.pieces[index] = state;
  }

  #finish(outgoing: Outgoing): void {
    this.#loseUpTo(outgoing, outgoing.pieces.length - 1, isInFlight);
    this.#outgoing = this.#outgoing.filter((one) => one !== outgoing);
    this.#waitingBytes -= outgoing.large.body.length;
  }
}

function isInFlight(state: PieceState | undefined): boolean {
  return state === 'sent' || state === 'resent';
}

function cut(large: LargeMessage, roomBytes: number, nowNs: number): Outgoing {
  const count = pieceCount(large.body.length, roomBytes);
  return {
    large,
    pieces: Array.from({ length: count }, () => 'unsent' as const),
    size: pieceBytes(large.body.length, count),
    message: 0,
    heldCount: 0,
    lastNewsNs: nowNs,
    silences: 0,
  };
}
