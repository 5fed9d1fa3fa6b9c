/** Asks who keeps the log, and finds the one who waits for the answer. */
import type { FromLog, ListKey, LinePlace, PlacedRow, ToLog, Wanted } from '../log-worker/log-messages.ts';

type Answer = Extract<FromLog, { id: number }>;

export interface CopiedLines {
  readonly text: string;
  readonly count: number;
  readonly leftOut: number;
}

export class LogAsker {
  readonly #post: (message: ToLog) => void;
  readonly #waiting = new Map<number, (answer: Answer) => void>();
  #nextId = 0;

  constructor(post: (message: ToLog) => void) {
    this.#post = post;
  }

  /** The line at a place, or the last one shown before it. */
  locate(key: ListKey, place: LinePlace, found: (at: PlacedRow | null, version: number) => void): void {
    this.#post({ type: 'locate', id: this.#placed(found), key, place });
  }

  /** The next line of a kind in one direction from the line with number `from`, or from the end. */
  find(key: ListKey, from: number | null, step: 1 | -1, wanted: Wanted, found: (at: PlacedRow | null) => void): void {
    this.#post({ type: 'find', id: this.#placed(found), key, from, step, wanted });
  }

  copy(range: Extract<ToLog, { type: 'copy' }>['range']): Promise<CopiedLines> {
    return new Promise((resolve) => {
      const id = this.#wait((answer) => answer.type === 'copied' && resolve(answer));
      this.#post({ type: 'copy', id, range });
    });
  }

  #placed(found: (at: PlacedRow | null, version: number) => void): number {
    return this.#wait((answer) => answer.type === 'placed' && found(answer.at, answer.version));
  }

  #wait(answered: (answer: Answer) => void): number {
    const id = this.#nextId;
    this.#nextId += 1;
    this.#waiting.set(id, answered);
    return id;
  }

  take(answer: Answer): void {
    const answered = this.#waiting.get(answer.id);
    this.#waiting.delete(answer.id);
    answered?.(answer);
  }
}
