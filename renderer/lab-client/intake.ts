/**
 * What the lab sends waits here for the next animation frame; then every subscriber gets it in one call, and only then the
 * lab is told. A page that cannot keep up therefore slows its own stream down, and nothing piles up without bound.
 */
import type { Snapshot } from '../../shared/bridge.ts';
import type { LabEvent } from '../../shared/event.ts';
import type { PageTime } from './page-time.ts';

/** A fold over the stream: begins from a snapshot, goes on with events. */
export interface StreamSubscriber {
  /** Begin anew. `missed`: how many events this page never saw; 0 on a fresh connection. */
  reset(snapshot: Snapshot, missed: number): void;
  /** The events of one animation frame, in order. `nowNs` is the lab's time now, `position` that of the first event. */
  take(events: readonly LabEvent[], nowNs: number, position: number): void;
}

type Waiting =
  | { readonly kind: 'reset'; readonly snapshot: Snapshot; readonly missed: number; readonly frame?: number }
  | {
      readonly kind: 'events';
      readonly events: readonly LabEvent[];
      readonly position: number;
      readonly frame: number;
    };

export interface Intake {
  push(item: Waiting): void;
  /** Drops what waits: the line it came on is gone. */
  clear(): void;
  subscribe(subscriber: StreamSubscriber): () => void;
}

export function createIntake(time: PageTime, nowNs: () => number, acknowledge: (frame: number) => void): Intake {
  const subscribers = new Set<StreamSubscriber>();
  let waiting: Waiting[] = [];
  let scheduled = false;

  function flush(): void {
    scheduled = false;
    const items = waiting;
    waiting = [];
    let events: LabEvent[] = [];
    let position = 0;
    for (const item of items) {
      if (item.kind === 'events') {
        if (events.length === 0) position = item.position;
        events = events.concat(item.events);
      } else {
        // The snapshot holds the effect of what came before it.
        events = [];
        each((subscriber) => subscriber.reset(item.snapshot, item.missed));
      }
    }
    if (events.length > 0) each((subscriber) => subscriber.take(events, nowNs(), position));
    for (const item of items) if (item.frame !== undefined) acknowledge(item.frame);
  }

  /** One pane's bug must not stop the others. */
  function each(work: (subscriber: StreamSubscriber) => void): void {
    for (const subscriber of subscribers) {
      try {
        work(subscriber);
      } catch (error) {
        reportError(error);
      }
    }
  }

  return {
    push(item) {
      waiting.push(item);
      if (scheduled) return;
      scheduled = true;
      time.onNextFrame(flush);
    },
    clear() {
      waiting = [];
    },
    subscribe(subscriber) {
      subscribers.add(subscriber);
      return () => subscribers.delete(subscriber);
    },
  };
}
