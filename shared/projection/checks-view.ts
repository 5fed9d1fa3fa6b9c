/** What the checks have found of the cluster that runs: the broken promises, and those of which nothing can be said any more. */
import type { CheckEvent } from '../check-event.ts';
import type { EventOf } from '../event.ts';
import type { PromiseId } from '../promises.ts';

export type FoundViolation = Pick<
  EventOf<'violation-found'>,
  'promise' | 'rule' | 'sentence' | 'conflict' | 'timeNs' | 'sequence'
>;

export interface ChecksView {
  /** The first ones, in the order in which they were found, `violationsShownMax` at most. */
  readonly violations: readonly FoundViolation[];
  /** Of all of them. */
  readonly violationCount: number;
  readonly evidenceLost: readonly PromiseId[];
}

export const noChecks: ChecksView = { violations: [], violationCount: 0, evidenceLost: [] };

/** The first violations say what went wrong; what follows mostly follows from them. */
export const violationsShownMax = 20;

export function projectChecks(view: ChecksView, event: EventOf<CheckEvent['type']>): ChecksView {
  if (event.type === 'evidence-lost') {
    const known = view.evidenceLost.includes(event.promise);
    return known ? view : { ...view, evidenceLost: [...view.evidenceLost, event.promise] };
  }
  const { promise, rule, sentence, conflict, timeNs, sequence } = event;
  const found = { promise, ...(rule && { rule }), sentence, conflict, timeNs, sequence };
  const violations = view.violations.length < violationsShownMax ? [...view.violations, found] : view.violations;
  return { ...view, violations, violationCount: view.violationCount + 1 };
}
