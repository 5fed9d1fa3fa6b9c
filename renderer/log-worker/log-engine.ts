/**
 * Keeps the log and the lists that the page shows of it. Knows nothing of threads: whoever runs it hands it messages, gives it time to
 * work, and asks it to tell what has changed.
 */
import { assertNever } from '../../shared/assert.ts';
import { decodeLabFrame } from '../lab-client/frame-codec.ts';
import { copyLines } from './copy-lines.ts';
import { LogIntake } from './log-intake.ts';
import { LogList } from './log-list.ts';
import type { FromLog, ListKey, ListSpec, ToLog } from './log-messages.ts';
import type { LogSource } from './log-store.ts';

type Message<Type extends ToLog['type']> = Extract<ToLog, { type: Type }>;

export class LogEngine {
  readonly #post: (message: FromLog) => void;
  readonly #intake: LogIntake;
  #held: LogSource | undefined;
  #shown: Message<'show'> = { type: 'show', lists: [], expression: null, hide: true, near: [] };
  #lists = new Map<ListKey, LogList>();
  /** Shared with the lists: a line that is marked is shown already. */
  readonly #bookmarks = new Set<number>();
  #versions = 0;
  #epoch = 0;
  #hasChanged = false;

  constructor(post: (message: FromLog) => void, linesMax: number) {
    this.#post = post;
    this.#intake = new LogIntake(linesMax);
  }

  get #source(): LogSource {
    return this.#held ?? this.#intake.store;
  }

  take(message: ToLog): void {
    switch (message.type) {
      case 'frame':
        return this.#takeFrame(message.bytes);
      case 'show':
        return this.#show(message);
      case 'follow':
        this.#hasChanged = true;
        return this.#lists.get(message.key)?.follow(message.count);
      case 'rows':
        return this.#sendRows(message);
      case 'locate':
        return this.#place(message.id, message.key, (list) => list.locate(message.place));
      case 'find':
        return this.#place(message.id, message.key, (list) => list.find(message.from, message.step, message.wanted));
      case 'copy':
        return this.#copy(message);
      case 'bookmarks':
        return this.#mark(message.numbers);
      case 'pause':
      case 'resume':
      case 'clear':
        return this.#control(message.type);
      default:
        return assertNever(message, 'a message to the log');
    }
  }

  #takeFrame(bytes: Uint8Array): void {
    const frame = decodeLabFrame(bytes);
    if (frame?.type === 'events') this.#intake.take(frame.events, frame.position);
    if (frame?.type === 'welcome' || frame?.type === 'gap') {
      if (this.#intake.resume(frame.snapshot)) this.#epoch += 1;
    }
    this.#hasChanged = true;
    if (frame && 'frame' in frame) this.#post({ type: 'taken', frame: frame.frame });
  }

  #show(next: Message<'show'>): void {
    const isSameText = next.hide === this.#shown.hide && String(next.expression) === String(this.#shown.expression);
    const specs = new Map(this.#shown.lists.map((spec) => [spec.key, JSON.stringify(spec)]));
    const near = new Map(next.near);
    this.#shown = next;
    this.#lists = new Map(
      next.lists.map((spec) => {
        const isSame = isSameText && specs.get(spec.key) === JSON.stringify(spec);
        const kept = isSame ? this.#lists.get(spec.key) : undefined;
        return [spec.key, kept ?? this.#makeList(spec, near.get(spec.key))];
      }),
    );
    this.#hasChanged = true;
  }

  #makeList(spec: ListSpec, near: number | undefined): LogList {
    const { expression, hide } = this.#shown;
    this.#versions += 1;
    const list = new LogList({
      spec,
      version: this.#versions,
      expression,
      hide,
      live: this.#intake.store,
      held: this.#held,
      bookmarks: this.#bookmarks,
      near,
    });
    list.follow(this.#lists.get(spec.key)?.tailCount ?? 0);
    return list;
  }

  #sendRows({ key, version, from, end }: Message<'rows'>): void {
    const list = this.#lists.get(key);
    if (list?.version !== version) return;
    const [first, behind] = list.clip(from, end);
    this.#post({ type: 'rows', key, version, from: first, rows: list.rows(first, behind) });
  }

  #place(id: number, key: ListKey, find: (list: LogList) => ReturnType<LogList['locate']>): void {
    const list = this.#lists.get(key);
    this.#post({ type: 'placed', id, version: list?.version ?? 0, at: list ? find(list) : null });
  }

  #copy({ id, range }: Message<'copy'>): void {
    const numbers: number[] = [];
    for (const [key, list] of this.#lists) {
      if (range && range.key !== key) continue;
      for (const number of list.numbersBetween(range?.first ?? 0, range?.last ?? Infinity)) numbers.push(number);
    }
    // A gap stands in every column.
    const ordered = this.#lists.size > 1 ? [...new Set(numbers.toSorted((left, right) => left - right))] : numbers;
    this.#post({ type: 'copied', id, ...copyLines(this.#source, ordered) });
  }

  #mark(numbers: readonly number[]): void {
    const wanted = new Set(numbers);
    const removed = [...this.#bookmarks].filter((number) => !wanted.has(number));
    for (const number of removed) this.#bookmarks.delete(number);
    for (const number of wanted) this.#bookmarks.add(number);
    for (const spec of this.#shown.lists) {
      const odd = removed.find((number) => this.#lists.get(spec.key)?.showsInVain(number));
      if (odd !== undefined) this.#lists.set(spec.key, this.#makeList(spec, odd));
    }
    this.#hasChanged = true;
  }

  #control(act: 'pause' | 'resume' | 'clear'): void {
    this.#hasChanged = true;
    if (act === 'pause') {
      if (this.#held) return;
      this.#held = this.#intake.store.hold();
      for (const list of this.#lists.values()) list.pause(this.#held);
      return;
    }
    this.#held = undefined;
    if (act === 'resume') {
      for (const list of this.#lists.values()) list.resume();
      return;
    }
    this.#intake.clear();
    this.#bookmarks.clear();
    this.#epoch += 1;
    this.#lists = new Map(this.#shown.lists.map((spec) => [spec.key, this.#makeList(spec, undefined)]));
  }

  /** A slice of work on the lists. False when there is more to do. */
  work(isTimeUp: () => boolean): boolean {
    let isSettled = true;
    for (const list of this.#lists.values()) {
      if (!list.isSettled) {
        list.work(isTimeUp);
        this.#hasChanged = true;
      }
      isSettled &&= list.isSettled;
    }
    return isSettled;
  }

  /** Tells what has changed since the last time. */
  tell(): void {
    if (!this.#hasChanged) return;
    this.#hasChanged = false;
    const { firstNumber, nextNumber } = this.#source;
    this.#post({
      type: 'state',
      epoch: this.#epoch,
      total: nextNumber - firstNumber,
      errors: this.#intake.store.errorCount,
      lists: [...this.#lists].map(([key, list]) => list.state(key)),
    });
  }
}
