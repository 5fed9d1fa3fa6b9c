/**
 * The playhead's feet: stands at a place of the stream, goes on from there at any speed, either way, jumps and steps. What it walks over
 * comes from the live stream as far as that follows, and otherwise from the lab's store, page by page, a page ahead.
 */
import type { SendQuery } from '../../shared/bridge.ts';
import { nanosecondsPerMillisecond } from '../../shared/duration.ts';
import type { LabEvent } from '../../shared/event.ts';
import type { ClusterView } from '../../shared/projection/cluster-view.ts';
import type { Failure } from '../../shared/result.ts';
import { PageReader } from './page-reader.ts';
import { WindowCursor, type WalkTarget } from './window-cursor.ts';

/** The present, as far as the page knows it. */
export interface Present {
  readonly position: number;
  readonly timeNs: number;
}

export interface WalkOptions {
  readonly query: SendQuery;
  readonly present: () => Present;
  /** Something else is shown now. */
  readonly onMove: () => void;
  /** The store would not answer. */
  readonly onTrouble: (failure: Failure) => void;
}

/** Faster than this only states are shown, one a frame, and no datagrams: it would be too much to read. */
export const readsEventsUpTo = 5;

export class TimeWalk {
  /** What is shown. */
  readonly at = new WindowCursor();
  readonly #options: WalkOptions;
  readonly #pages: PageReader;
  #speed = 0;
  #wanted: WalkTarget | undefined;
  #isSeeking = false;
  /** Which visit to the past this is: answers of an earlier one have no place in it. */
  #visit = 0;
  /** A hand moves it: what is around is read when it has let go. */
  #isDragged = false;

  constructor(options: WalkOptions) {
    this.#options = options;
    this.#pages = new PageReader(this.at.window, {
      query: options.query,
      position: () => this.at.position,
      onRead: options.onMove,
      onTrouble: options.onTrouble,
    });
  }

  /** Seconds shown a second; negative backwards, 0 held. */
  get speed(): number {
    return this.#speed;
  }
  /** Waits for what it is to show. */
  get isSeeking(): boolean {
    return this.#isSeeking;
  }
  /** From the present on, whose state is `view`. */
  begin(view: ClusterView, speed: number): void {
    const { position, timeNs } = this.#options.present();
    this.leave();
    this.at.begin(position, view, timeNs);
    this.#speed = speed;
    this.#readAround();
  }

  /** Whatever was asked for is of no use any more. */
  leave(): void {
    this.#visit += 1;
    this.#pages.forget();
    this.#wanted = undefined;
    this.#isSeeking = false;
    this.#speed = 0;
  }

  setSpeed(speed: number): void {
    this.#speed = speed;
    if (speed !== 0) this.#pages.retry();
    this.#readAround();
  }

  setDragged(isDragged: boolean): void {
    this.#isDragged = isDragged;
    this.#readAround();
  }

  /** Events of the live stream. */
  take(events: readonly LabEvent[], position: number): void {
    this.at.window.append(events, position);
  }

  /** `passedMs` of the page's time have passed. @returns true when it has come to the end of what there is that way */
  tick(passedMs: number): boolean {
    if (this.#speed === 0) return false;
    const targetNs = this.at.shownNs + passedMs * nanosecondsPerMillisecond * this.#speed;
    if (Math.abs(this.#speed) > readsEventsUpTo) return this.#skim(targetNs);
    if (this.#isSeeking) return false;
    const isAtEnd = this.#speed > 0 ? this.#walkForwards(targetNs) : this.#walkBackwards(targetNs);
    this.#readAround();
    this.#options.onMove();
    return isAtEnd;
  }

  /** Shows another place: at once when it is at hand, else when the store has answered; of several the last one counts. */
  async seek(target: WalkTarget): Promise<void> {
    this.#wanted = undefined;
    if (this.at.goTo(target)) {
      this.#readAround();
      this.#options.onMove();
      return;
    }
    this.#wanted = target;
    this.#announceWish();
    const asked = this.#isSeeking ? undefined : this.#ask();
    this.#options.onMove();
    await asked;
  }

  /** One event on or back. */
  async step(direction: 1 | -1): Promise<void> {
    const next = this.at.position + direction;
    if (this.#isSeeking || next < 0 || next > this.#options.present().position) return;
    const { window } = this.at;
    this.#pages.retry();
    if (!window.holds(next)) await this.#read(direction);
    if (!window.holds(next)) return;
    this.at.stand(next);
    this.#readAround();
    this.#options.onMove();
  }

  /** One question at a time, until the last wish is fulfilled. */
  async #ask(): Promise<void> {
    const visit = this.#visit;
    this.#isSeeking = true;
    for (let target = this.#wanted; target !== undefined; target = this.#wanted) {
      this.#wanted = undefined;
      const answer = await this.#options.query({ type: 'view-at', at: target });
      if (visit !== this.#visit) return;
      if (!answer.ok) {
        this.#options.onTrouble(answer.failure);
        continue;
      }
      const { view, position, timeNs } = answer.value;
      this.#pages.forget();
      this.at.begin(position, view, 'timeNs' in target ? target.timeNs : timeNs);
      this.#announceWish();
      this.#options.onMove();
    }
    this.#isSeeking = false;
    this.#readAround();
    this.#options.onMove();
  }

  /** The time that is asked for is shown at once. */
  #announceWish(): void {
    if (this.#wanted && 'timeNs' in this.#wanted) this.at.announce(this.#wanted.timeNs);
  }

  #read(direction: 1 | -1): Promise<void> {
    return direction > 0
      ? this.#pages.readAfter(this.#options.present().position, this.#speed)
      : this.#pages.readBefore(this.#speed);
  }

  #readAround(): void {
    if (Math.abs(this.#speed) > readsEventsUpTo || this.#isSeeking || this.#isDragged) return;
    if (this.#speed >= 0) void this.#read(1);
    if (this.#speed <= 0) void this.#read(-1);
  }

  #walkForwards(targetNs: number): boolean {
    const present = this.#options.present();
    const { window, lastNs } = this.at;
    const isAllRead = window.end >= present.position;
    const untilNs = isAllRead ? present.timeNs : Math.max(lastNs ?? 0, this.at.shownNs);
    this.at.walkTo(Math.min(targetNs, untilNs));
    return isAllRead && targetNs >= present.timeNs;
  }

  #walkBackwards(targetNs: number): boolean {
    const { window, firstNs } = this.at;
    const untilNs = Math.min(firstNs ?? Infinity, this.at.shownNs);
    const isAtEnd = window.start <= this.#pages.firstPosition && targetNs <= untilNs;
    this.at.walkTo(Math.max(targetNs, untilNs));
    if (isAtEnd) this.at.stand(window.start);
    return isAtEnd;
  }

  #skim(targetNs: number): boolean {
    const present = this.#options.present();
    void this.seek({ timeNs: Math.max(0, Math.min(targetNs, present.timeNs)) });
    if (this.#speed > 0) return targetNs >= present.timeNs;
    return targetNs <= 0 || (this.at.position === 0 && !this.#isSeeking);
  }
}
