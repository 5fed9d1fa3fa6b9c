/** Carries out `find-seed` and `stop-search`: searches, and opens the world in which it was found, held right behind it. */
import type { FoundSeed } from '../../shared/bridge.ts';
import { checkTimings } from '../../shared/cluster-config.ts';
import type { CommandOf } from '../../shared/command.ts';
import type { BenchEvent, SearchProgress } from '../../shared/event.ts';
import { fail, succeed, type Failure, type Result } from '../../shared/result.ts';
import { machineTime, type WallTime } from '../sim/lab/pace-driver.ts';
import { SeedSearch } from '../sim/search/seed-search.ts';
import type { SimWorld } from './sim-world.ts';

export interface SeedFinderOptions {
  /** Reports into the stream that pages look at. */
  readonly tell: (event: BenchEvent) => void;
  readonly open: (seed: number) => SimWorld;
  /** Puts a world in the place of the one that pages look at. `not-running` when that is over: then it was closed. */
  readonly show: (world: SimWorld) => Promise<Result<null>>;
  /** The machine's when not given. */
  readonly wall?: WallTime | undefined;
}

const firstSeed = 1;
const defaultSeedsMax = 10_000;

export class SeedFinder {
  readonly #options: SeedFinderOptions;
  #search: SeedSearch | undefined;

  constructor(options: SeedFinderOptions) {
    this.#options = options;
  }

  /** One at a time. */
  async find(command: CommandOf<'find-seed'>): Promise<Result<FoundSeed>> {
    const problem = this.#search ? searchesAlready : problemOf(command);
    if (problem) return { ok: false, failure: problem };
    const { looking, from = firstSeed, seedsMax = defaultSeedsMax } = command;
    const tell = (state: SearchProgress['state']): void =>
      this.#options.tell({ type: 'search-progress', looking, seedsMax, state, ...search.state });
    const search = new SeedSearch({ ...command, from, seedsMax }, this.#options.wall ?? machineTime, () =>
      tell('searching'),
    );
    this.#search = search;
    tell('searching');
    const seed = await search.run();
    this.#search = undefined;
    tell(seed.ok ? 'found' : search.isStopped ? 'stopped' : 'not-found');
    return seed.ok ? this.#show(search, seed.value) : seed;
  }

  /** @returns whether there was a search to stop */
  stop(): Result<null> {
    if (!this.#search) return fail('not-running', 'No search is under way.');
    this.#search.stop();
    return succeed(null);
  }

  /** The same once more, in a world of its own. */
  async #show(search: SeedSearch, seed: number): Promise<Result<FoundSeed>> {
    const world = this.#options.open(seed);
    const again = await search.runTrial(world.lab, seed);
    if (!again.ok || !again.value) {
      await world.close();
      return again.ok ? fail('internal', `Seed ${seed} did not show it a second time. Please report this.`) : again;
    }
    world.pace.setSpeed(0);
    const shown = await this.#options.show(world);
    if (!shown.ok) return shown;
    const { position, timeNs, sentence: found } = again.value;
    return succeed({ seed, tried: search.state.tried, position, timeNs, found });
  }
}

const searchesAlready: Failure = { code: 'invalid', message: 'A search is under way. Stop it first.' };

function problemOf({ looking, nodes, rulesOff = [], timings }: CommandOf<'find-seed'>): Failure | undefined {
  const message = timings && checkTimings(timings);
  if (message !== undefined) return { code: 'invalid', message };
  if (looking === 'violation' && rulesOff.length === 0)
    return { code: 'invalid', message: 'With every rule on no promise breaks. Turn one off.' };
  if (looking !== 'violation' && nodes === 1)
    return {
      code: 'invalid',
      message: 'A server alone neither splits votes nor has another leader beside it. Ask for more.',
    };
  return undefined;
}
