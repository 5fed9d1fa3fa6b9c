/**
 * A scenario as it is run: what was written, read and checked. The form in which people write it is in README.md.
 */
import type { CommandOf, CommandType } from '../../shared/command.ts';
import type { SessionCommandType } from '../../shared/session-command.ts';
import type { WorldCommandType } from '../../shared/world-command.ts';
import type { FailureCode } from '../../shared/result.ts';
import type { PromiseId } from '../../shared/promises.ts';
import type { Comparison } from './comparison.ts';
import type { Condition } from './condition-schema.ts';
import type { ServerWord } from './server-words.ts';

/** A file: what it teaches, and one run of it or several that differ. */
export interface Scenario {
  readonly title: string;
  readonly teaches: string;
  readonly watch: string;
  /** In words. */
  readonly expected: string;
  /** Sections of the paper (`5.4.2`) or of the dissertation (`D6.4`). */
  readonly rules: readonly string[];
  /** At least one; without `variants` in the file it has the name ''. */
  readonly variants: readonly Variant[];
}

/** One run of a scenario. */
export interface Variant {
  readonly name: string;
  readonly cluster: CommandOf<'start-cluster'>;
  readonly steps: readonly Step[];
  readonly expect: readonly Expectation[];
}

/** Commands that a step can give; the others are about whole clusters and scenarios. */
export type StepCommandType = Exclude<
  CommandType,
  | 'start-cluster'
  | 'stop-cluster'
  | 'judge'
  | 'run-scenario'
  | 'stop-scenario'
  | 'save-scenario'
  | WorldCommandType
  | SessionCommandType
>;
export type StepCommand = CommandOf<StepCommandType>;

/** A command whose servers are still words. */
export interface CommandTemplate {
  readonly type: StepCommandType;
  /** The command's fields; where they name servers, as they were written. */
  readonly fields: Readonly<Record<string, unknown>>;
}

export type StepAction =
  | {
      readonly kind: 'command';
      readonly template: CommandTemplate;
      /** The command must be refused like this. */
      readonly refused?: FailureCode;
    }
  | { readonly kind: 'expect'; readonly condition: Condition }
  | { readonly kind: 'name'; readonly names: Readonly<Record<string, readonly ServerWord[]>> }
  /** It only waits. */
  | { readonly kind: 'nothing' };

/** When a step is due: at a time since the steps began, so long after the step before, or once a condition holds. */
export type StepTime =
  | { readonly kind: 'at'; readonly ms: number }
  | { readonly kind: 'after'; readonly ms: number }
  | { readonly kind: 'when'; readonly condition: Condition };

export interface Step {
  /** Its line in the file. */
  readonly line: number;
  readonly time: StepTime;
  readonly action: StepAction;
  /** How long it waits for its condition, or for a server that its words mean, ms. */
  readonly withinMs: number;
  /** So long its condition must hold without a break, ms. */
  readonly forMs: number;
  /** Names the step, and what is asked for in it. */
  readonly as?: string;
}

/** What must not come true, or what must in the end. */
export interface WatchedExpectation<Kind extends 'never' | 'eventually' = 'never' | 'eventually'> {
  readonly kind: Kind;
  readonly condition: Condition;
  /** `eventually`: how long after the last step, ms. */
  readonly withinMs: number;
  /** Steps by name: it is judged from the beginning of one to that of the other. */
  readonly from?: string;
  readonly to?: string;
}

export type Expectation =
  | WatchedExpectation<'never'>
  | WatchedExpectation<'eventually'>
  /** `broken`: at least one of these promises is, and no other. `held`: each of them, with nothing that was not seen. */
  | { readonly kind: 'broken'; readonly promises: readonly PromiseId[] }
  | { readonly kind: 'held'; readonly promises: readonly PromiseId[] }
  /** So many lease reads were stale while clocks drifted beyond the bound: no promise covers them. */
  | { readonly kind: 'promise-void'; readonly count: Comparison };
