/** A condition that a step waits for. It counts from when it is made, and is asked from when it is its turn. */
import { nanosecondsPerMillisecond } from '../../shared/duration.ts';
import type { LabEvent } from '../../shared/event.ts';
import type { Condition } from './condition-schema.ts';
import { watch } from './watch.ts';
import type { Watch, World } from './world.ts';

export class Waiting {
  readonly condition: Condition;
  readonly #watch: Watch;
  readonly #forNs: number;
  #isAsked = false;
  #heldSinceNs: number | undefined;
  #isMet = false;

  constructor(condition: Condition, forMs: number) {
    this.condition = condition;
    this.#watch = watch(condition);
    this.#forNs = forMs * nanosecondsPerMillisecond;
  }

  take(event: LabEvent, world: World): void {
    this.#watch.take(event, world);
  }

  /** From now on it may come true. */
  ask(world: World, nowNs: number): void {
    this.#isAsked = true;
    this.look(world, nowNs);
  }

  /** Something may have changed. Once met it stays so. */
  look(world: World, nowNs: number): void {
    if (!this.#isAsked || this.#isMet) return;
    if (!this.#watch.holds(world, nowNs)) {
      this.#heldSinceNs = undefined;
      return;
    }
    this.#heldSinceNs ??= nowNs;
    this.#isMet = nowNs - this.#heldSinceNs >= this.#forNs;
  }

  get isMet(): boolean {
    return this.#isMet;
  }

  /** When it will have held for long enough, if nothing breaks it; undefined while it does not hold. */
  get metAtNs(): number | undefined {
    return this.#heldSinceNs === undefined ? undefined : this.#heldSinceNs + this.#forNs;
  }
}
