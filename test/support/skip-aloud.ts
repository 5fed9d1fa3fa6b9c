/** A test that can't run here says why, also in what `npm test` prints. */
import type { TestContext } from 'vitest';

declare module 'vitest' {
  interface TaskMeta {
    /** Read by scripts/vitest-counts.mjs. */
    whySkipped?: string;
  }
}

/** Ends the test. @param why what is missing here */
export function skipAloud(context: TestContext, why: string): never {
  context.task.meta.whySkipped = why;
  return context.skip(why);
}
