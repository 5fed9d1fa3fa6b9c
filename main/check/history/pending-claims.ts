/**
 * Entries of which a condition or a refusal says that they were the last ones of their time, and that nothing has shown yet: an
 * append without a known place must be the one, and it must have been asked by then.
 */
import type { Party } from './party.ts';

export interface Claim {
  readonly index: number;
  readonly term: number;
  readonly party: Party;
  /** Until when the entry was there; `Infinity` where that is not known. */
  readonly atNs: number;
  readonly sentence: string;
  isSettled: boolean;
}

export class PendingClaims {
  readonly #claimsMax: number;
  readonly #byIndex = new Map<number, Claim[]>();
  /** In the order of `atNs`, but for those that are settled. */
  #queue: Claim[] = [];
  #next = 0;

  constructor(claimsMax: number) {
    this.#claimsMax = claimsMax;
  }

  /** False when there are too many, and this one is not kept. */
  add(claim: Claim): boolean {
    if (this.#queue.length - this.#next >= this.#claimsMax) this.#sweep();
    if (this.#queue.length - this.#next >= this.#claimsMax) return false;
    const others = this.#byIndex.get(claim.index);
    if (others) others.push(claim);
    else this.#byIndex.set(claim.index, [claim]);
    this.#queue.push(claim);
    return true;
  }

  /** Takes out those that speak of the index. */
  take(index: number): readonly Claim[] | undefined {
    if (this.#byIndex.size === 0) return undefined;
    const claims = this.#byIndex.get(index);
    if (!claims) return undefined;
    this.#byIndex.delete(index);
    for (const claim of claims) claim.isSettled = true;
    return claims;
  }

  /** Takes out those of a time before `earliestNs`: none of the appends that are left was asked by then. */
  expire(earliestNs: number): readonly Claim[] | undefined {
    let expired: Claim[] | undefined;
    for (;;) {
      const claim = this.#queue[this.#next];
      if (!claim || (!claim.isSettled && claim.atNs >= earliestNs)) break;
      this.#next += 1;
      if (claim.isSettled) continue;
      this.#remove(claim);
      (expired ??= []).push(claim);
    }
    if (this.#next > 1_000 && this.#next * 2 > this.#queue.length) this.#sweep();
    return expired;
  }

  #remove(claim: Claim): void {
    claim.isSettled = true;
    const others = this.#byIndex.get(claim.index)?.filter((other) => other !== claim) ?? [];
    if (others.length > 0) this.#byIndex.set(claim.index, others);
    else this.#byIndex.delete(claim.index);
  }

  #sweep(): void {
    this.#queue = this.#queue.slice(this.#next).filter(({ isSettled }) => !isSettled);
    this.#next = 0;
  }
}
