/** Collects what is wrong with a history: each operation once per promise, the first ones with their sentences. */
import type { HistoryViolation } from '../contract.ts';
import { historyPromises, promises, type PromiseId } from '../../../shared/promises.ts';
import { VerdictBook } from '../verdict-book.ts';
import type { RuleId } from '../../../shared/rules.ts';
import type { Party } from './party.ts';

/** Violations that are remembered, so that none is counted twice. */
const rememberedMax = 10_000;

export class HistoryBook {
  readonly verdicts: VerdictBook;
  #violations: HistoryViolation[] = [];
  readonly #told = new Set<string>();
  readonly #waived: () => readonly RuleId[];

  /** @param waived rules that were passed over: where one guards a promise, it is named */
  constructor(violationsMax: number, waived: () => readonly RuleId[] = () => []) {
    this.#waived = waived;
    this.verdicts = new VerdictBook(historyPromises, violationsMax);
  }

  /** Whether there is something to take. */
  get hasViolations(): boolean {
    return this.#violations.length > 0;
  }

  /** Those that were found since they were taken the last time. */
  take(): readonly HistoryViolation[] {
    const taken = this.#violations;
    this.#violations = [];
    return taken;
  }

  /** @param parties those in conflict; the first one is told once for each promise. Undefined ones are left out. */
  report(promise: PromiseId, parties: readonly (Party | undefined)[], sentence: string, rule?: RuleId): void {
    const named = parties.filter((party) => party !== undefined);
    const key = `${promise} ${named[0]?.requestId ?? sentence}`;
    if (this.#told.has(key)) return;
    if (this.#told.size < rememberedMax) this.#told.add(key);
    const guards: readonly RuleId[] = promises[promise].guards;
    const guard = this.#waived().findLast((id) => guards.includes(id)) ?? rule ?? guards[0];
    const violation = {
      promise,
      ...(guard && { rule: guard }),
      sentence,
      requestIds: named.map(({ requestId }) => requestId),
      events: named.flatMap(({ events }) => events?.at(-1) ?? []),
    };
    if (this.verdicts.add(violation)) this.#violations.push(violation);
  }
}
