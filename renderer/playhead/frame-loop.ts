/** Work in each animation frame, as long as there is any. */
import type { PageTime } from '../lab-client/page-time.ts';

export interface FrameLoop {
  /** Goes on, or begins. */
  run(): void;
}

/** @param work gets the time since the frame before; false ends it */
export function createFrameLoop(time: () => PageTime, work: (passedMs: number) => boolean): FrameLoop {
  let isRunning = false;
  let lastMs = 0;

  function frame(): void {
    const nowMs = time().nowMs();
    const passedMs = nowMs - lastMs;
    lastMs = nowMs;
    isRunning = work(passedMs);
    if (isRunning) time().onNextFrame(frame);
  }

  return {
    run() {
      if (isRunning) return;
      isRunning = true;
      lastMs = time().nowMs();
      time().onNextFrame(frame);
    },
  };
}
