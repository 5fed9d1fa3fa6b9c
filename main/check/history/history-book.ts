/** Collects what is wrong with a history: each pair of operations once, the first ones with their sentences. */
import type { HistoryViolation, Operation } from '../contract.ts';
import { historyPromises, promises, type PromiseId } from '../../../shared/promises.ts';
import { VerdictBook } from '../verdict-book.ts';
import type { RuleId } from '../../../shared/rules.ts';

export class HistoryBook {
  readonly violations: HistoryViolation[] = [];
  readonly verdicts: VerdictBook;
  readonly #told = new Set<string>();
  readonly #waived: readonly RuleId[];

  /** @param waived rules that were passed over: where one guards a promise, it is named */
  constructor(violationsMax: number, waived: readonly RuleId[] = []) {
    this.#waived = waived;
    this.verdicts = new VerdictBook(historyPromises, violationsMax);
  }

  /** @param operations those in conflict; the first one is told once for each promise */
  report(promise: PromiseId, operations: readonly Operation[], sentence: string, rule?: RuleId): void {
    const key = `${promise} ${operations[0]?.requestId ?? sentence}`;
    if (this.#told.has(key)) return;
    this.#told.add(key);
    const guards: readonly RuleId[] = promises[promise].guards;
    const guard = this.#waived.findLast((id) => guards.includes(id)) ?? rule ?? guards[0];
    const violation = {
      promise,
      ...(guard && { rule: guard }),
      sentence,
      requestIds: operations.map(({ requestId }) => requestId),
      events: operations.flatMap(({ events }) => events ?? []),
    };
    if (this.verdicts.add(violation)) this.violations.push(violation);
  }
}

/** `append 7 of client 2`. */
export function nameOf({ kind, requestId, client }: Operation): string {
  return `${kind} ${requestId}${client === undefined ? '' : ` of client ${client}`}`;
}
