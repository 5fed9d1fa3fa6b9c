/** Conditions over events that are written by hand. */
import { conditionSchema, type Condition } from '../../main/scenario/condition-schema.ts';
import { newScope, type Scope } from '../../main/scenario/scope.ts';
import type { Scenario } from '../../main/scenario/scenario.ts';
import { readScenario } from '../../main/scenario/read-scenario.ts';
import { watch } from '../../main/scenario/watch.ts';
import { World, type Watch } from '../../main/scenario/world.ts';
import type { EventBody, LabEvent } from '../../shared/event.ts';
import { labSourceId, type NodeId } from '../../shared/ids.ts';
import { EventStory } from './event-story.ts';

/** Five servers, one of them called `old`; requests `first` and `second`. */
export function namedScope(): Scope {
  const scope = newScope(5);
  scope.servers.add('old');
  for (const name of ['first', 'second']) scope.requests.add(name);
  return scope;
}

/** A condition in either form. */
export function conditionOf(written: unknown): Condition {
  return conditionSchema(namedScope()).parse(written);
}

export function scenarioOf(text: string): Scenario {
  const reading = readScenario(text);
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
  return reading.scenario;
}

/** A cluster whose events are written by hand, and what conditions make of them. */
export class ScenarioStory {
  readonly world = new World();
  readonly story = new EventStory();
  readonly #watches: Watch[] = [];
  #taken = 0;

  /** @param servers started, none leads */
  constructor(servers = 3) {
    this.story.cluster(servers);
    this.#take();
  }

  tell(node: NodeId, body: EventBody): LabEvent {
    const event = this.story.tell(node, body);
    this.#take();
    return event;
  }

  lab(body: EventBody): LabEvent {
    return this.tell(labSourceId, body);
  }

  elect(id: NodeId, term: number, servers = 3): this {
    this.story.elect(id, term, servers);
    this.#take();
    return this;
  }

  /** The leader hears of a later term, in which another one is elected. */
  succeed(former: NodeId, id: NodeId, term: number): this {
    this.tell(former, { type: 'role-changed', from: 'leader', to: 'follower', term, reason: 'a later term' });
    return this.elect(id, term);
  }

  /** From now on. @returns whether it holds */
  watch(written: unknown): () => boolean {
    const watched = watch(conditionOf(written));
    this.#watches.push(watched);
    return () => watched.holds(this.world, this.nowNs);
  }

  /** Whether it holds at the moment, without a past. */
  holds(written: unknown): boolean {
    return watch(conditionOf(written)).holds(this.world, this.nowNs);
  }

  get nowNs(): number {
    return this.story.events.at(-1)?.timeNs ?? 0;
  }

  #take(): void {
    for (const event of this.story.events.slice(this.#taken)) {
      this.world.take(event);
      for (const one of this.#watches) one.take(event, this.world);
    }
    this.#taken = this.story.events.length;
  }
}
