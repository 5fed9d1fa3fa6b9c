/** Verdicts in the making: per promise, how many violations, and why evidence is lost. */
import type { PromiseVerdict, Violation } from './contract.ts';
import type { PromiseId } from '../../shared/promises.ts';

interface Page {
  violations: number;
  reason: string | undefined;
}

export class VerdictBook {
  readonly #pages = new Map<PromiseId, Page>();
  readonly #violationsMax: number;
  /** Promises of which evidence is lost. */
  losses = 0;

  /** @param violationsMax how many violations of one promise are told; further ones are counted */
  constructor(promises: readonly PromiseId[], violationsMax: number) {
    this.#violationsMax = violationsMax;
    for (const promise of promises) this.#pages.set(promise, { violations: 0, reason: undefined });
  }

  /** Counts it. Returns whether it is to be told. */
  add({ promise }: Pick<Violation, 'promise'>): boolean {
    const page = this.#pages.get(promise);
    if (!page) return false;
    page.violations += 1;
    return page.violations <= this.#violationsMax;
  }

  /** Evidence is lost; the first reason stays. */
  lose(promise: PromiseId, reason: string): void {
    const page = this.#pages.get(promise);
    if (!page || page.reason !== undefined) return;
    page.reason = reason;
    this.losses += 1;
  }

  verdicts(): readonly PromiseVerdict[] {
    return [...this.#pages].map(([promise, { violations, reason }]) => ({
      promise,
      verdict: violations > 0 ? 'broken' : reason === undefined ? 'held' : 'evidence-lost',
      violations,
      ...(reason !== undefined && { reason }),
    }));
  }
}
