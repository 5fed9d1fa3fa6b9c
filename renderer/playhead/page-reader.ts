/** Reads the stream from the lab's store into a window, page by page at both ends. */
import type { SendQuery } from '../../shared/bridge.ts';
import { limits } from '../../shared/cluster-config.ts';
import type { LabEvent } from '../../shared/event.ts';
import { fail, type Failure, type Result } from '../../shared/result.ts';
import type { StreamWindow } from './stream-window.ts';

/** Events in a page at ordinary speed: what a busy cluster does in a third of a second. */
const pageEvents = 1_000;

export interface ReaderOptions {
  readonly query: SendQuery;
  /** Where the playhead stands: what is far from it may be forgotten for what is read. */
  readonly position: () => number;
  readonly onRead: () => void;
  readonly onTrouble: (failure: Failure) => void;
}

export class PageReader {
  readonly #window: StreamWindow;
  readonly #options: ReaderOptions;
  #after: Promise<void> | undefined;
  #before: Promise<void> | undefined;
  /** Which state of the window this is: answers to questions about an earlier one don't fit it. */
  #turn = 0;
  #firstPosition = 0;
  /** The store did not answer: it is not asked again until somebody wants something else. */
  #isStuck = false;

  constructor(window: StreamWindow, options: ReaderOptions) {
    this.#window = window;
    this.#options = options;
  }

  /** Events before this one are no longer held by the lab, as far as is known. */
  get firstPosition(): number {
    return this.#firstPosition;
  }

  /** Something else is wanted. */
  retry(): void {
    this.#isStuck = false;
  }

  /** The window begins anew: what is still being read has no place in it. */
  forget(): void {
    this.#isStuck = false;
    this.#turn += 1;
    this.#after = undefined;
    this.#before = undefined;
  }

  /** Sees to it that there is half a page ahead of the playhead, as far as the stream goes: to `until`. */
  async readAfter(until: number, speed: number): Promise<void> {
    const page = pageAt(speed);
    const isEnough = this.#window.end >= until || this.#window.end - this.#options.position() > page / 2;
    if ((isEnough && !this.#after) || this.#isStuck) return;
    this.#after ??= this.#settle(this.#readForwards(until, page), () => (this.#after = undefined));
    await this.#after;
  }

  /** Sees to it that there is half a page behind the playhead. */
  async readBefore(speed: number): Promise<void> {
    const page = pageAt(speed);
    const { start } = this.#window;
    const isEnough = start <= this.#firstPosition || this.#options.position() - start > page / 2;
    if ((isEnough && !this.#before) || this.#isStuck) return;
    this.#before ??= this.#settle(this.#readBackwards(page), () => (this.#before = undefined));
    await this.#before;
  }

  /** Unless the window began anew meanwhile, `after` is done when the reading is. */
  async #settle(reading: Promise<Result<null>>, after: () => void): Promise<void> {
    const turn = this.#turn;
    const result = await reading;
    if (turn !== this.#turn) return;
    after();
    if (result.ok) {
      this.#options.onRead();
      return;
    }
    this.#isStuck = true;
    this.#options.onTrouble(result.failure);
  }

  async #readForwards(until: number, limit: number): Promise<Result<null>> {
    const turn = this.#turn;
    const from = this.#window.end;
    const answer = await this.#options.query({ type: 'events', from, to: Math.min(until, from + limit), limit });
    if (!answer.ok) return answer;
    if (turn !== this.#turn) return done;
    const { events, positions } = answer.value;
    const first = positions[0] ?? from;
    if (first > from) return fail('compacted', `Events ${from} to ${first - 1} are no longer held.`);
    this.#window.trim(this.#options.position());
    this.#window.append(events, first);
    return done;
  }

  async #readBackwards(limit: number): Promise<Result<null>> {
    const turn = this.#turn;
    const to = this.#window.start;
    const state = await this.#options.query({
      type: 'view-at',
      at: { position: Math.max(this.#firstPosition, to - limit) },
    });
    if (turn !== this.#turn) return done;
    if (!state.ok) {
      if (state.failure.code !== 'compacted') return state;
      this.#firstPosition = to;
      return done;
    }
    const events = await this.#readAll(state.value.position, to);
    if (!events.ok) return events;
    if (turn !== this.#turn) return done;
    this.#window.trim(this.#options.position());
    if (this.#window.start === to) this.#window.prepend(events.value, state.value.view);
    return done;
  }

  async #readAll(from: number, to: number): Promise<Result<LabEvent[]>> {
    const events: LabEvent[] = [];
    for (let next = from; next < to;) {
      const answer = await this.#options.query({ type: 'events', from: next, to, limit: to - next });
      if (!answer.ok) return answer;
      if (answer.value.next <= next) return fail('internal', `Events from ${next} on did not come.`);
      events.push(...answer.value.events);
      ({ next } = answer.value);
    }
    return { ok: true, value: events };
  }
}

const done: Result<null> = { ok: true, value: null };

function pageAt(speed: number): number {
  return Math.min(limits.eventsPerQueryMax, pageEvents * Math.max(1, Math.ceil(Math.abs(speed))));
}
