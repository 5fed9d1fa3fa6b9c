/** A scenario that runs, and what comes of it. */
import type { ScenarioOutcome } from '../../shared/scenario-event.ts';
import type { ExpectationResult } from './expectation-book.ts';

export interface ScenarioResult {
  readonly title: string;
  readonly outcome: ScenarioOutcome;
  /** Why it is not met, or not judged; when it is met, what could not be judged and did not have to be. */
  readonly reason: string;
  readonly expectations: readonly ExpectationResult[];
}

/** A scenario that runs. */
export interface ScenarioRun {
  /** Ends it where it stands; what is not decided by then is not judged. */
  stop(reason: string): void;
}

/** What is run, beside the steps: `title` names it in the stream; `seed` goes before the one that was written. */
export interface ScenarioRunOptions {
  readonly title: string;
  readonly seed?: number;
}
