/** Which stretch of time is in view, and whether it goes along with the present. No canvas, no events of the browser. */
import { fitting, panBy, revealing, toNs, within, zoomAt, type TimeBounds, type Viewport } from './time-scale.ts';

/** At first: enough to see a few heartbeats come and go. */
const firstSpanNs = 4e9;
/** While following, so much of the view lies behind the present. */
const ahead = 0.04;

export class DiagramView {
  #view: Viewport = { fromNs: 0, spanNs: firstSpanNs };
  #bounds: TimeBounds = { startNs: 0, endNs: 0 };
  #isFollowing = true;
  readonly #onFollowing: (isFollowing: boolean) => void;

  constructor(onFollowing: (isFollowing: boolean) => void) {
    this.#onFollowing = onFollowing;
  }

  get view(): Viewport {
    return this.#view;
  }

  get isFollowing(): boolean {
    return this.#isFollowing;
  }

  get bounds(): TimeBounds {
    return this.#bounds;
  }

  get middleNs(): number {
    return this.#view.fromNs + this.#view.spanNs / 2;
  }

  /** Time goes on. */
  setBounds(startNs: number, endNs: number): void {
    this.#bounds = { startNs, endNs };
    if (this.#isFollowing) this.#toThePresent();
  }

  follow(): void {
    this.#setFollowing(true);
    this.#toThePresent();
  }

  stay(): void {
    this.#setFollowing(false);
  }

  /** @param anchorNs what stays in its place; while following, that is the present */
  zoom(factor: number, anchorNs = this.middleNs): void {
    this.#view = zoomAt(this.#view, factor, this.#isFollowing ? this.#bounds.endNs : anchorNs);
    if (this.#isFollowing) this.#toThePresent();
    else this.#view = within(this.#view, this.#bounds);
  }

  pan(ns: number): void {
    if (ns === 0) return;
    const moved = within(panBy(this.#view, ns), this.#bounds);
    this.#setFollowing(ns > 0 && toNs(moved) >= this.#bounds.endNs + ahead * moved.spanNs);
    this.#view = moved;
    if (this.#isFollowing) this.#toThePresent();
  }

  fit(): void {
    this.#setFollowing(false);
    this.#view = fitting(this.#bounds);
  }

  showSpan(fromNs: number, untilNs: number): void {
    this.#setFollowing(false);
    const spanNs = Math.abs(untilNs - fromNs);
    this.#view = within({ fromNs: Math.min(fromNs, untilNs), spanNs }, this.#bounds);
  }

  toTheStart(): void {
    this.#setFollowing(false);
    this.#view = within({ ...this.#view, fromNs: this.#bounds.startNs - 0.02 * this.#view.spanNs }, this.#bounds);
  }

  /** Moves there if it is out of view. */
  reveal(timeNs: number): void {
    const next = revealing(this.#view, timeNs);
    if (next === this.#view) return;
    this.#setFollowing(false);
    this.#view = within(next, this.#bounds);
  }

  #toThePresent(): void {
    const { spanNs } = this.#view;
    this.#view = { fromNs: this.#bounds.endNs - (1 - ahead) * spanNs, spanNs };
  }

  #setFollowing(isFollowing: boolean): void {
    if (isFollowing === this.#isFollowing) return;
    this.#isFollowing = isFollowing;
    this.#onFollowing(isFollowing);
  }
}
