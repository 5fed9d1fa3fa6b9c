/** What clients were told of their appends, from the stream: the log at the end is held against it. */
import type { LabEvent } from '../../../shared/event.ts';
import type { Acknowledged } from '../told-log.ts';

/** Each append carries one entry, whose text is short enough to stand in the stream as a whole. */
export class ToldAppends {
  /** By the text of the entry. */
  readonly acknowledged = new Map<string, Acknowledged>();
  /** May stand in the log or not. */
  readonly unknown = new Set<string>();
  readonly #open = new Map<string, string>();

  observe(event: LabEvent): void {
    if (event.type === 'request-sent' && event.request.kind === 'append') {
      this.#open.set(event.requestId, event.request.preview);
    } else if (event.type === 'request-answered') {
      const text = this.#open.get(event.requestId);
      if (text === undefined) return;
      this.#open.delete(event.requestId);
      const { outcome } = event;
      if (outcome.kind === 'appended') {
        this.acknowledged.set(text, { index: outcome.firstIndex, term: outcome.term });
        this.unknown.delete(text);
      } else if (outcome.kind === 'failed' && !outcome.outcomeKnown && !this.acknowledged.has(text)) {
        this.unknown.add(text);
      }
    }
  }

  /** Nobody answers any more: what is open stays unknown. */
  finish(): void {
    for (const text of this.#open.values()) if (!this.acknowledged.has(text)) this.unknown.add(text);
    this.#open.clear();
  }
}
