/** What a scenario that runs tells of itself. */

/**
 * How one expectation, or a whole scenario, ended. `not-judged`: the scenario ended before it could be, or what would show
 * it is missing.
 */
export type ScenarioOutcome = 'met' | 'failed' | 'not-judged';

export type ScenarioEvent =
  | { readonly type: 'scenario-started'; readonly title: string; readonly steps: number }
  /** A step is due: `step` counts from 1, `text` is what is done, in words. */
  | { readonly type: 'scenario-step'; readonly step: number; readonly text: string }
  | {
      readonly type: 'scenario-judged';
      readonly expectation: string;
      readonly outcome: ScenarioOutcome;
      readonly reason: string;
    }
  | {
      readonly type: 'scenario-ended';
      readonly title: string;
      readonly outcome: ScenarioOutcome;
      readonly reason: string;
    };
