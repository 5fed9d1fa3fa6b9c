/** Holds the one world that pages look at, and opens another one in its place: a real lab, or a simulated one. */
import type { AnswerOf, Snapshot } from '../../shared/bridge.ts';
import type { Command, CommandOf, CommandType } from '../../shared/command.ts';
import type { LabEvent } from '../../shared/event.ts';
import type { QueryAnswerOf, QueryOf, QueryType } from '../../shared/query.ts';
import { fail, succeed, type Result } from '../../shared/result.ts';
import type { OpenWorld } from './open-world.ts';
import { SeedFinder } from './seed-finder.ts';
import type { SimWorld } from './sim-world.ts';
import type { World } from './world.ts';

export interface WorldSwitchOptions {
  /** At most one is open at a time: they share ports and folders. */
  readonly openReal: () => OpenWorld;
  readonly openSimulated: (seed: number) => SimWorld;
  /** For worlds that are asked for without one. */
  readonly drawSeed: () => number;
}

type EventHandler = (events: readonly LabEvent[]) => void;

/** Commands that say in which world. */
type OpeningCommand = CommandOf<'start-cluster' | 'run-scenario'>;

const closing = fail('not-running', 'The lab is closing.');

export class WorldSwitch implements World {
  readonly #options: WorldSwitchOptions;
  /** Who follows it, with what ends that in the present world. */
  readonly #subscriptions = new Map<EventHandler, () => void>();
  readonly #onReplaced = new Set<() => void>();
  readonly #finder: SeedFinder;
  #current: OpenWorld;
  /** Worlds are opened one after the other. */
  #queue: Promise<unknown> = Promise.resolve();
  /** Those that were replaced. */
  #closing: Promise<unknown> = Promise.resolve();
  #isClosed = false;

  /** Begins with a real one. */
  constructor(options: WorldSwitchOptions) {
    this.#options = options;
    this.#current = options.openReal();
    this.#finder = new SeedFinder({
      tell: (event) => this.#current.tell(event),
      open: options.openSimulated,
      show: (world) => this.#inTurn(() => this.#show(world)),
    });
  }

  get position(): number {
    return this.#current.position;
  }

  nowNs(): number {
    return this.#current.nowNs();
  }

  snapshot(): Snapshot {
    return this.#current.snapshot();
  }

  subscribe(handler: EventHandler): () => void {
    this.#subscriptions.set(handler, this.#current.subscribe(handler));
    return () => {
      this.#subscriptions.get(handler)?.();
      this.#subscriptions.delete(handler);
    };
  }

  onReplaced(handler: () => void): () => void {
    this.#onReplaced.add(handler);
    return () => this.#onReplaced.delete(handler);
  }

  query<Type extends QueryType>(query: QueryOf<Type>): Promise<Result<QueryAnswerOf<Type>>> {
    return this.#current.query(query);
  }

  execute<Type extends CommandType>(command: CommandOf<Type>): Promise<Result<AnswerOf<Type>>> {
    const given: Command = command;
    if (given.type === 'find-seed' || given.type === 'stop-search') return this.#search<Type>(given);
    if (given.type !== 'start-cluster' && given.type !== 'run-scenario') return this.#current.execute(command);
    return this.#inTurn(() => this.#open(command, given));
  }

  /** Closes the world that is open. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#finder.stop();
    await this.#current.close();
    // One that was just being opened.
    await this.#queue;
    await this.#current.close();
    await this.#closing;
  }

  async #search<Type extends CommandType>(
    command: CommandOf<'find-seed' | 'stop-search'>,
  ): Promise<Result<AnswerOf<Type>>> {
    if (this.#isClosed) return closing;
    const result = command.type === 'find-seed' ? await this.#finder.find(command) : this.#finder.stop();
    // The type of the answer follows from that of the command.
    return result as Result<AnswerOf<Type>>;
  }

  /** A world that has begun already. */
  async #show(world: OpenWorld): Promise<Result<null>> {
    if (!this.#isClosed) {
      this.#replace(world);
      return succeed(null);
    }
    await world.close();
    return closing;
  }

  /** Carries the command out where it says. Another world takes the place of this one only once it has done so. */
  async #open<Type extends CommandType>(
    command: CommandOf<Type>,
    opening: OpeningCommand,
  ): Promise<Result<AnswerOf<Type>>> {
    if (this.#isClosed) return closing;
    if (!this.#needsAnother(opening)) return this.#current.execute(command);
    const world = await this.#openOther(opening);
    const result = await world.execute(command);
    if (!result.ok) {
      await world.close();
      return result;
    }
    const shown = await this.#show(world);
    return shown.ok ? result : shown;
  }

  /** The same seed is the same world only from its beginning. */
  #needsAnother(command: OpeningCommand): boolean {
    const { world = 'real', seed } = command;
    if (world !== this.#current.kind) return true;
    if (world === 'real') return false;
    return command.type === 'run-scenario' || seed !== undefined || command.fresh === true;
  }

  async #openOther({ world, seed }: OpeningCommand): Promise<OpenWorld> {
    if (world === 'simulated') return this.#options.openSimulated(seed ?? this.#options.drawSeed());
    await this.#closing;
    return this.#options.openReal();
  }

  #replace(world: OpenWorld): void {
    const former = this.#current;
    this.#current = world;
    for (const [handler, leave] of this.#subscriptions) {
      leave();
      this.#subscriptions.set(handler, world.subscribe(handler));
    }
    for (const handler of this.#onReplaced) handler();
    world.begin();
    this.#closing = Promise.all([this.#closing, former.close()]);
  }

  #inTurn<T>(task: () => Promise<T>): Promise<T> {
    const turn = this.#queue.then(task);
    this.#queue = turn.catch(() => undefined);
    return turn;
  }
}
