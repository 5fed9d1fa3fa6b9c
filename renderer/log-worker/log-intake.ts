/**
 * How lines come into the log: event by event, and again after the line to the lab was lost or the page fell behind.
 */
import type { Snapshot } from '../../shared/bridge.ts';
import { compareEvents, type LabEvent } from '../../shared/event.ts';
import { describeEvent, subjectOf } from '../../shared/projection/log-line.ts';
import { aboutOf } from './line-about.ts';
import type { LogGap } from './log-row-data.ts';
import { LogStore } from './log-store.ts';

export class LogIntake {
  readonly store: LogStore;
  /** Of the last snapshot: another one is another stream. */
  #session: string | undefined;
  /** The last event that came, cleared away or not, and the position behind it. */
  #last: LabEvent | undefined;
  #endPosition = 0;

  constructor(linesMax: number) {
    this.store = new LogStore(linesMax);
  }

  /** @param position of the first event */
  take(events: readonly LabEvent[], position: number): void {
    for (const [index, event] of events.entries()) this.#push(event, position + index);
    this.#last = events.at(-1) ?? this.#last;
    this.#endPosition = position + events.length;
  }

  /**
   * Goes on from a snapshot. Where its recent events begin no later than our last one ended, nothing is missing. Otherwise the lab
   * left out more than it holds: a gap is shown. Another stream begins anew.
   * @returns true when it began anew
   */
  resume(snapshot: Snapshot): boolean {
    const { recentEvents, earlierEvents, session } = snapshot;
    const recentPosition = snapshot.position - recentEvents.length;
    const last = session === this.#session ? this.#last : undefined;
    this.#session = session;
    if (!last) {
      this.store.clear();
      this.#takeUnplaced(earlierEvents);
      if (snapshot.forgottenEvents > 0) this.#pushGap('debug', snapshot.forgottenEvents, recentEvents, snapshot.nowNs);
      this.take(recentEvents, recentPosition);
      return true;
    }
    const missing = recentPosition - this.#endPosition;
    if (missing > 0) {
      const earlier = earlierEvents.filter((event) => compareEvents(event, last) > 0);
      const left = Math.max(1, missing - earlier.length);
      this.#pushGap('warn', left, [...earlier, ...recentEvents], snapshot.nowNs);
      this.#takeUnplaced(earlier);
    }
    const known = Math.max(0, -missing);
    this.take(recentEvents.slice(known), recentPosition + known);
    return false;
  }

  clear(): void {
    this.store.clear();
  }

  /** Earlier events come without their places. */
  #takeUnplaced(events: readonly LabEvent[]): void {
    for (const event of events) this.#push(event, -1);
  }

  #pushGap(level: LogGap['level'], missed: number, behind: readonly LabEvent[], nowNs: number): void {
    this.store.pushGap({ level, missed, timeNs: behind[0]?.timeNs ?? nowNs });
  }

  #push(event: LabEvent, position: number): void {
    this.store.push({
      timeNs: event.timeNs,
      position,
      node: event.node,
      subject: subjectOf(event),
      line: describeEvent(event),
      about: aboutOf(event),
    });
  }
}
