/**
 * What stays of clusters that were stopped, by their size: the latest one of a size is taken up again with its folders,
 * unless a fresh one is asked for.
 */
import { seedFor } from '../../../shared/random.ts';
import { Folders } from '../folders.ts';
import type { Setting } from '../plan.ts';
import type { ClusterHome } from '../sim-cluster.ts';
import type { Stamper } from '../stamper.ts';
import { uuidOf } from '../uuid-of.ts';
import type { World } from '../world.ts';

export interface LabHome extends ClusterHome {
  /** How many servers vote at the beginning. */
  readonly voters: number;
}

export interface HomeWish {
  readonly nodes: number;
  readonly voters: number;
  readonly seed: number;
  /** A new one, whatever there is. */
  readonly fresh: boolean;
}

export class ClusterHomes {
  readonly #world: World;
  readonly #lab: Stamper;
  readonly #setting: Pick<Setting, 'level' | 'flush'>;
  /** The latest of each size. */
  readonly #latest = new Map<number, LabHome>();
  readonly #counts = new Map<number, number>();

  constructor(world: World, lab: Stamper, setting: Pick<Setting, 'level' | 'flush'>) {
    this.#world = world;
    this.#lab = lab;
    this.#setting = setting;
  }

  open({ nodes, voters, seed, fresh }: HomeWish): LabHome {
    const latest = this.#latest.get(nodes);
    if (latest && !fresh) return latest;
    const number = (this.#counts.get(nodes) ?? 0) + 1;
    const home: LabHome = {
      world: this.#world,
      lab: this.#lab,
      clusterId: uuidOf(seedFor(seed, 'cluster'), number * 1_000 + nodes),
      name: `simulated ${number === 1 ? `cluster-${nodes}` : `cluster-${nodes}.${number}`}, seed ${seed}`,
      folders: new Folders(seed, this.#setting),
      voters,
    };
    this.#counts.set(nodes, number);
    this.#latest.set(nodes, home);
    return home;
  }
}
