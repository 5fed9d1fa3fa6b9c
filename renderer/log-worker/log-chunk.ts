/**
 * Some thousand lines as columns of numbers and one joined one-byte string: a million lines fit into memory, and a search runs
 * over large strings instead of a million objects.
 */
import { labSourceId, type NodeId } from '../../shared/ids.ts';
import {
  logLevels,
  logTargets,
  sourceLabel,
  type LogLevel,
  type LogLine,
  type LogTarget,
} from '../../shared/projection/log-line.ts';
import { aboutNothing, type LineAbout } from './line-about.ts';
import { decodeSigns, encodeSigns, isOneByte } from './line-signs.ts';
import type { LogGap, LogRowData } from './log-row-data.ts';

/** Lines of a chunk: a power of two, so that a line's number says where it is. */
export const chunkLines = 4_096;

/** Level of a gap, in the column. */
export const gapLevel = 255;

/** What is kept of an event. */
export interface KeptLine {
  readonly timeNs: number;
  readonly position: number;
  readonly node: NodeId;
  readonly subject: NodeId;
  readonly line: LogLine;
  readonly about: LineAbout;
}

const levelCodes = new Map(logLevels.map((level, code) => [level, code]));
const targetCodes = new Map(logTargets.map((target, code) => [target, code]));

export function levelCodeOf(level: LogLevel): number {
  return levelCodes.get(level) ?? 0;
}

export function targetCodeOf(target: LogTarget): number {
  return targetCodes.get(target) ?? 0;
}

export class LogChunk {
  readonly firstNumber: number;
  length = 0;
  readonly times = new Float64Array(chunkLines);
  readonly positions = new Float64Array(chunkLines);
  readonly nodes = new Int32Array(chunkLines);
  readonly subjects = new Int32Array(chunkLines);
  /** `levelRank`, or `gapLevel`. */
  readonly levels = new Uint8Array(chunkLines);
  readonly targets = new Uint8Array(chunkLines);
  readonly #entryFirst = new Float64Array(chunkLines);
  readonly #entryCount = new Uint32Array(chunkLines);
  /** 0: none; otherwise the datagram's number, negative where it was received. */
  readonly #datagrams = new Float64Array(chunkLines);
  readonly #peers = new Int32Array(chunkLines);
  readonly #boots = new Uint32Array(chunkLines);
  readonly #requests = new Map<number, string>();
  readonly #gaps = new Map<number, LogGap>();
  /** Lines with characters beyond Latin-1, as they are: one of them would double the size of all. */
  readonly #odd = new Map<number, string>();
  readonly #ends = new Uint32Array(chunkLines);
  /** Until the chunk is full: its lines one by one. */
  #open: string[] = [];
  #text = '';

  constructor(firstNumber: number) {
    this.firstNumber = firstNumber;
  }

  get isFull(): boolean {
    return this.length === chunkLines;
  }

  push({ timeNs, position, node, subject, line, about }: KeptLine): void {
    const at = this.length;
    this.times[at] = timeNs;
    this.positions[at] = position;
    this.nodes[at] = node;
    this.subjects[at] = subject;
    this.levels[at] = levelCodeOf(line.level);
    this.targets[at] = targetCodeOf(line.target);
    this.#keepAbout(at, about);
    this.#keepText(at, `${sourceLabel(node)} ${line.level} ${line.target} ${line.text}`);
  }

  pushGap(gap: LogGap): void {
    const at = this.length;
    this.times[at] = gap.timeNs;
    this.positions[at] = -1;
    this.nodes[at] = labSourceId;
    this.subjects[at] = labSourceId;
    this.levels[at] = gapLevel;
    this.targets[at] = targetCodeOf('lab');
    this.#gaps.set(at, gap);
    this.#keepText(at, '');
  }

  #keepAbout(at: number, { entries, datagram, requestId }: LineAbout): void {
    if (entries) {
      this.#entryFirst[at] = entries.first;
      this.#entryCount[at] = entries.count;
    }
    if (datagram) {
      this.#datagrams[at] = datagram.isSent ? datagram.datagram : -datagram.datagram;
      this.#peers[at] = datagram.peer;
      this.#boots[at] = datagram.boot;
    }
    if (requestId !== undefined) this.#requests.set(at, requestId);
  }

  #keepText(at: number, plain: string): void {
    const encoded = encodeSigns(plain);
    const text = isOneByte(encoded) ? encoded : '';
    if (text !== encoded) this.#odd.set(at, plain);
    this.#open.push(text);
    this.#ends[at] = (this.#ends[at - 1] ?? 0) + text.length;
    this.length += 1;
    if (!this.isFull) return;
    this.#text = this.#open.join('');
    this.#open = [];
  }

  gapAt(at: number): LogGap | undefined {
    return this.#gaps.get(at);
  }

  /** The line as searches see it, with its signs as codes unless `isOddAt`. */
  encodedAt(at: number): string {
    return this.isFull ? this.#text.slice(this.#ends[at - 1] ?? 0, this.#ends[at]) : (this.#open[at] ?? '');
  }

  /** The line as searches see it: source, level, target, text. */
  textAt(at: number): string {
    return this.#odd.get(at) ?? decodeSigns(this.encodedAt(at));
  }

  /** True when the line has no encoded form. */
  isOddAt(at: number): boolean {
    return this.#odd.size > 0 && this.#odd.has(at);
  }

  rowAt(at: number): LogRowData {
    const node = this.nodes[at] ?? labSourceId;
    const gap = this.#gaps.get(at);
    const level = gap ? gap.level : (logLevels[this.levels[at] ?? 0] ?? 'info');
    const target = logTargets[this.targets[at] ?? 0] ?? 'lab';
    const head = sourceLabel(node).length + level.length + target.length + 3;
    return {
      number: this.firstNumber + at,
      position: this.positions[at] ?? -1,
      timeNs: this.times[at] ?? 0,
      node,
      subject: this.subjects[at] ?? labSourceId,
      level,
      target,
      text: gap ? '' : this.textAt(at).slice(head),
      about: this.#aboutAt(at),
      ...(gap && { gap }),
    };
  }

  #aboutAt(at: number): LineAbout {
    const count = this.#entryCount[at] ?? 0;
    const datagram = this.#datagrams[at] ?? 0;
    const requestId = this.#requests.get(at);
    if (count === 0 && datagram === 0 && requestId === undefined) return aboutNothing;
    const isSent = datagram > 0;
    return {
      ...(count > 0 && { entries: { first: this.#entryFirst[at] ?? 0, count } }),
      ...(datagram !== 0 && {
        datagram: { isSent, peer: this.#peers[at] ?? 0, boot: this.#boots[at] ?? 0, datagram: Math.abs(datagram) },
      }),
      ...(requestId !== undefined && { requestId }),
    };
  }
}
