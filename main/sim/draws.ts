/**
 * Chance, repeatable: a stream of draws per thing that needs some (a link, a disk, a plan), so that leaving one act out
 * of a plan does not change what all the others draw.
 */
import { drawInteger, seedFor, type RandomState } from '../../shared/random.ts';

export class Draws {
  readonly #state: RandomState;

  /** @param name of what draws; streams of one seed know nothing of each other */
  constructor(seed: number, name: string) {
    this.#state = { random: seedFor(seed, name) };
  }

  /** A whole number in [min, max], both included. */
  integer(min: number, max: number): number {
    return drawInteger(this.#state, min, max);
  }

  /** True this often of a thousand times. */
  perMille(often: number): boolean {
    return often > 0 && this.integer(1, 1_000) <= often;
  }

  /** One of `items`, which must not be empty. */
  pick<T>(items: readonly T[]): T {
    const item = items[this.integer(0, items.length - 1)];
    if (item === undefined) throw new Error('there is nothing to pick from');
    return item;
  }

  /** Like `pick`; an item comes as often as its weight says. */
  weighted<T>(items: readonly (readonly [weight: number, item: T])[]): T {
    let left = this.integer(
      1,
      items.reduce((sum, [weight]) => sum + weight, 0),
    );
    for (const [weight, item] of items) {
      left -= weight;
      if (left <= 0) return item;
    }
    throw new Error('there is nothing to pick from');
  }

  /** `min` to `max`, small ones more often: every order of magnitude alike. */
  spread(min: number, max: number): number {
    const unit = this.integer(0, 1_000_000) / 1_000_000;
    return Math.round(min * (max / min) ** unit);
  }
}
