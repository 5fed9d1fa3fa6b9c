/** What the checks find in the stream, told in the stream itself. */
import type { BootId, NodeId } from './ids.ts';
import type { PromiseId } from './promises.ts';
import type { RuleId } from './rules.ts';

/** Names one event of the stream. */
export interface EventName {
  readonly node: NodeId;
  readonly boot: BootId;
  readonly sequence: number;
}

export type CheckEvent =
  | {
      readonly type: 'violation-found';
      readonly promise: PromiseId;
      /** The rule that guards it most directly; of a rule that is off and was passed over, that one. */
      readonly rule?: RuleId;
      /** What happened, with names and numbers, for a person. */
      readonly sentence: string;
      /** Those in conflict, in their order. */
      readonly conflict: readonly EventName[];
    }
  /** From now on the promise can't be called held any more; told once per promise and start of a cluster. */
  | { readonly type: 'evidence-lost'; readonly promise: PromiseId; readonly reason: string };
