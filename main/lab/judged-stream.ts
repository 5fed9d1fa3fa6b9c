/** Feeds the checks with all that comes out of the stream, and reports what they find into it. */
import type { CheckEvent } from '../../shared/check-event.ts';
import type { LiveChecks } from '../check/live-checks.ts';
import type { EventStream } from './event-stream.ts';

/** @returns the function that ends it */
export function judgeStream(stream: EventStream, checks: LiveChecks): () => void {
  let found: CheckEvent[] = [];
  let isEnded = false;
  const report = (): void => {
    const events = found;
    found = [];
    if (!isEnded) for (const event of events) stream.emit(event);
  };
  const unsubscribe = stream.subscribe((events) => {
    const more = checks.observe(events);
    if (more.length === 0) return;
    // A subscriber reports nothing while it is told something.
    if (found.length === 0) setImmediate(report);
    found.push(...more);
  });
  return () => {
    isEnded = true;
    unsubscribe();
  };
}
