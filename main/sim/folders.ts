/**
 * The data folders of a cluster: one of each server, another after a wipe. They outlive the processes that use them, and
 * the cluster: one that is started anew on them goes on with what they hold.
 */
import type { BootId, NodeId, StorageId } from '../../shared/ids.ts';
import { seedFor } from '../../shared/random.ts';
import { Draws } from './draws.ts';
import { ByteFolder, MemoryFolder, type Folder } from './folder.ts';
import type { Setting } from './plan.ts';
import { uuidOf } from './uuid-of.ts';

export class Folders {
  readonly #seed: number;
  readonly #setting: Pick<Setting, 'level' | 'flush'>;
  readonly #present = new Map<NodeId, Folder>();
  readonly #made = new Map<NodeId, number>();

  constructor(seed: number, setting: Pick<Setting, 'level' | 'flush'>) {
    this.#seed = seed;
    this.#setting = setting;
  }

  /** The one that this server has now; its first one, empty, if it had none. */
  of(id: NodeId): Folder {
    return this.#present.get(id) ?? this.#make(id, 0);
  }

  /** An empty one in the place of what it has. It goes on with the boot numbers. */
  replace(id: NodeId): Folder {
    return this.#make(id, this.of(id).boot);
  }

  /** Of the first folder of this server, whether it was made or not. */
  firstIdOf(id: NodeId): StorageId {
    return this.#storageIdOf(id, 0);
  }

  #make(id: NodeId, bootAfter: BootId): Folder {
    const number = this.#made.get(id) ?? 0;
    this.#made.set(id, number + 1);
    const storageId = this.#storageIdOf(id, number);
    const draws = new Draws(this.#seed, `disk ${storageId}`);
    const { level, flush } = this.#setting;
    const folder =
      level === 'bytes'
        ? new ByteFolder(storageId, bootAfter, draws)
        : new MemoryFolder(storageId, bootAfter, flush, draws);
    this.#present.set(id, folder);
    return folder;
  }

  /** @param number how many folders this server had before */
  #storageIdOf(id: NodeId, number: number): StorageId {
    return uuidOf(seedFor(this.#seed, `folder ${number} of ${id}`), id * 1_000 + number);
  }
}
