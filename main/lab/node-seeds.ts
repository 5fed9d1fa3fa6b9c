/** What the lives of a cluster's nodes draw from: the same again with the same seed, or chance. */
import { randomInt } from 'node:crypto';
import type { NodeId } from '../../shared/ids.ts';
import { seedFor } from '../../shared/random.ts';

export class NodeSeeds {
  readonly #seed: number | undefined;
  readonly #lives = new Map<NodeId, number>();

  constructor(seed: number | undefined) {
    this.#seed = seed;
  }

  /** Of the node's next life. */
  next(id: NodeId): { readonly seed: number; readonly faultSeed: number } {
    const life = (this.#lives.get(id) ?? 0) + 1;
    this.#lives.set(id, life);
    const draw = (what: string): number =>
      this.#seed === undefined ? randomInt(0, 2 ** 32) : seedFor(this.#seed, `${what} of life ${life} of node ${id}`);
    return { seed: draw('core'), faultSeed: draw('faults') };
  }
}
