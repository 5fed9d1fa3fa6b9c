/** A place within a window on the stream, and the time that is shown there. */
import type { LabEvent } from '../../shared/event.ts';
import type { ClusterView } from '../../shared/projection/cluster-view.ts';
import type { Flights } from '../../shared/projection/flights.ts';
import { StreamWindow } from './stream-window.ts';

/** A place to go to. */
export type WalkTarget = { readonly timeNs: number } | { readonly position: number };

export class WindowCursor {
  readonly window = new StreamWindow();
  #position = 0;
  #shownNs = 0;

  /** How many events came before what is shown. */
  get position(): number {
    return this.#position;
  }

  get shownNs(): number {
    return this.#shownNs;
  }

  get view(): ClusterView {
    return this.window.viewAt(this.#position);
  }

  /** The event that led to what is shown, if it is at hand. */
  get lastEvent(): LabEvent | undefined {
    return this.window.eventAt(this.#position - 1);
  }

  /** The time of the first event at hand. */
  get firstNs(): number | undefined {
    return this.window.eventAt(this.window.start)?.timeNs;
  }

  /** The time of the last event at hand. */
  get lastNs(): number | undefined {
    return this.window.eventAt(this.window.end - 1)?.timeNs;
  }

  /** @param speed seconds shown a second */
  flightsAt(speed: number): Flights {
    return this.window.flights.at({ nowNs: this.#shownNs, pace: Math.abs(speed), knownNs: this.lastNs ?? 0 });
  }

  begin(position: number, view: ClusterView, timeNs: number): void {
    this.window.begin(position, view);
    this.#position = position;
    this.#shownNs = timeNs;
  }

  /** Only the time: what is to be shown at it is not at hand yet. */
  announce(timeNs: number): void {
    this.#shownNs = timeNs;
  }

  /** Right behind the event before `position`, at its time. */
  stand(position: number): void {
    this.#position = position;
    this.#shownNs = this.lastEvent?.timeNs ?? this.#shownNs;
  }

  /** On or back to a time, as far as events are at hand. */
  walkTo(timeNs: number): void {
    const { end, start } = this.window;
    const timeAt = (position: number): number => this.window.eventAt(position)?.timeNs ?? 0;
    while (this.#position < end && timeAt(this.#position) <= timeNs) this.#position += 1;
    while (this.#position > start && timeAt(this.#position - 1) > timeNs) this.#position -= 1;
    this.#shownNs = timeNs;
  }

  /** @returns whether the place is within the window, and shown now */
  goTo(target: WalkTarget): boolean {
    if ('position' in target) {
      // The time is that of the event before it.
      if (!this.window.holds(target.position) || target.position === this.window.start) return false;
      this.stand(target.position);
    } else {
      if (target.timeNs < (this.firstNs ?? Infinity) || target.timeNs >= (this.lastNs ?? 0)) return false;
      this.walkTo(target.timeNs);
    }
    this.window.flights.jump();
    return true;
  }
}
