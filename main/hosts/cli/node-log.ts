/**
 * The log of a node without a page: its events as lines, for people or for programs, on a stream.
 */
import { limits } from '../../../shared/cluster-config.ts';
import { nanosecondsPerMillisecond } from '../../../shared/duration.ts';
import type { LabEvent } from '../../../shared/event.ts';
import type { NodeId } from '../../../shared/ids.ts';
import { LogFilter, type LogDirectives } from '../../../shared/log-directives.ts';
import { describeEvent, plainLineAt, type LogLevel } from '../../../shared/projection/log-line.ts';
import type { LogFormat } from './node-arguments.ts';

export interface NodeLogOptions {
  readonly node: NodeId;
  readonly directives: LogDirectives;
  readonly format: LogFormat;
  /** Takes the lines. `writableLength`: bytes that wait in it. */
  readonly stream: { write(text: string): unknown; readonly writableLength: number };
  /** Now on the clock of the events. */
  readonly nowNs: () => number;
  /** Now on the wall's, milliseconds since 1970. */
  readonly wallMs: () => number;
}

/** The wall clock is followed when it was set; not when it only ticks a little differently, or lines would go back in time. */
const followedFromMs = 20;

export class NodeLog {
  readonly #options: NodeLogOptions;
  readonly #filter: LogFilter;
  /** Wall time of the events' time 0. */
  #originMs: number;
  #left = 0;

  constructor(options: NodeLogOptions) {
    this.#options = options;
    this.#filter = new LogFilter(options.directives);
    this.#originMs = this.#measureOrigin();
  }

  /** False when no event of this type is written, whatever it says: it need not be made ready for that. */
  mayWant(type: LabEvent['type']): boolean {
    return this.#filter.mayWant(type);
  }

  /** Writes those that are wanted, in order, in one piece. */
  take(events: readonly LabEvent[]): void {
    const wanted = events.filter((event) => this.#filter.wants(event));
    if (wanted.length === 0) return;
    const originMs = this.#measureOrigin();
    if (Math.abs(originMs - this.#originMs) >= followedFromMs) this.#originMs = originMs;
    this.#write(wanted.map((event) => this.#lineOf(event)));
  }

  /** Writes what the process itself has to say, whatever the directives. */
  say(level: LogLevel, text: string): void {
    const { node, format, wallMs } = this.#options;
    const line = { time: timeText(wallMs()), node, level, target: 'node', text };
    this.#write([format === 'json' ? JSON.stringify(line) : `raft-lab: ${text}`]);
  }

  #measureOrigin(): number {
    return this.#options.wallMs() - this.#options.nowNs() / nanosecondsPerMillisecond;
  }

  #lineOf(event: LabEvent): string {
    const time = timeText(this.#originMs + event.timeNs / nanosecondsPerMillisecond);
    if (this.#options.format === 'text') return plainLineAt(time, event);
    return JSON.stringify({ time, node: event.node, ...describeEvent(event), event });
  }

  /** A reader that does not read never fills memory. */
  #write(lines: readonly string[]): void {
    const { stream } = this.#options;
    if (stream.writableLength > limits.nodeLogBufferedBytesMax) {
      this.#left += lines.length;
      return;
    }
    const left = this.#left;
    this.#left = 0;
    stream.write(`${lines.join('\n')}\n`);
    if (left > 0) this.say('warn', `${left} log lines were left out before these: nobody read them fast enough.`);
  }
}

/** `2026-11-23T20:56:01.123Z` */
function timeText(wallMs: number): string {
  return new Date(wallMs).toISOString();
}
