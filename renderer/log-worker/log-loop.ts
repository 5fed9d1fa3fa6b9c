/** Runs the keeper of the log in a worker: messages first, work on the lists in slices between them, and news a few dozen times a second. */
import { LogEngine } from './log-engine.ts';
import type { FromLog, ToLog } from './log-messages.ts';

/** Milliseconds of work before messages are looked at again. */
const sliceMs = 8;
/** Between two tellings of what has changed: about one picture of a screen. */
const tellEveryMs = 15;

export interface LoopTime {
  nowMs(): number;
  /** Soon, behind the messages that have come. */
  soon(work: () => void): void;
  after(delayMs: number, work: () => void): void;
}

/** @returns what takes a message in */
export function runLog(post: (message: FromLog) => void, linesMax: number, time: LoopTime): (message: ToLog) => void {
  const engine = new LogEngine(post, linesMax);
  let toldAtMs = -Infinity;
  let isScheduled = false;

  function schedule(delayMs: number): void {
    if (isScheduled) return;
    isScheduled = true;
    if (delayMs > 0) time.after(delayMs, turn);
    else time.soon(turn);
  }

  function turn(): void {
    isScheduled = false;
    const endMs = time.nowMs() + sliceMs;
    const isSettled = engine.work(() => time.nowMs() >= endMs);
    const waitMs = toldAtMs + tellEveryMs - time.nowMs();
    if (waitMs <= 0) {
      toldAtMs = time.nowMs();
      engine.tell();
    }
    if (!isSettled) schedule(0);
    else if (waitMs > 0) schedule(waitMs);
  }

  return (message) => {
    engine.take(message);
    schedule(0);
  };
}
