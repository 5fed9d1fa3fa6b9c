/** Scenarios: the one that runs, and what the pane of scenarios shows and is about to run. */
import { defineStore } from 'pinia';
import { ref, shallowRef } from 'vue';
import type { Snapshot } from '../../shared/bridge.ts';
import type { LabEvent } from '../../shared/event.ts';
import type { Failure } from '../../shared/result.ts';
import {
  noScenario,
  projectScenario,
  scenarioEventTypes,
  type ScenarioView,
} from '../../shared/projection/scenario-view.ts';
import type { PlacedEvent } from '../../shared/query.ts';
import { useConnectionStore } from './connection.ts';

export type ScenarioFace = 'library' | 'editor' | 'run';

/** What is to be run, and where. */
export interface ScenarioOrder {
  readonly text: string;
  /** By name; the first one for an empty one. */
  readonly variant: string;
  readonly world: 'real' | 'simulated';
  /** By chance without one. */
  readonly seed: number | null;
}

const eventsMax = 20_000;
const types = [...scenarioEventTypes];

function isOfScenario(event: LabEvent): boolean {
  return event.type.startsWith('scenario-');
}

export const useScenarioStore = defineStore('scenario', () => {
  const connection = useConnectionStore();
  const view = shallowRef<ScenarioView>(noScenario);
  const face = ref<ScenarioFace>('library');
  /** What is in the editor. */
  const draft = ref('');
  /** Why the last order was refused. */
  const failure = shallowRef<Failure | null>(null);
  const isStarting = ref(false);
  /** What came while the beginning was asked for; null when nobody asks. */
  let later: PlacedEvent[] | null = null;

  function fold(from: ScenarioView, placed: readonly PlacedEvent[]): ScenarioView {
    return placed.reduce((now, { event, position }) => projectScenario(now, event, position), from);
  }

  function placedIn(events: readonly LabEvent[], position: number): PlacedEvent[] {
    return events.map((event, at) => ({ event, position: position + at })).filter(({ event }) => isOfScenario(event));
  }

  function take(events: readonly LabEvent[], _nowNs: number, position: number): void {
    const placed = placedIn(events, position);
    if (placed.length === 0) return;
    later?.push(...placed);
    view.value = fold(view.value, placed);
  }

  function reset(snapshot: Snapshot): void {
    const { recentEvents, position } = snapshot;
    const placed = placedIn(recentEvents, position - recentEvents.length);
    view.value = fold(noScenario, placed);
    later = null;
    if (!placed.some(({ event }) => event.type === 'scenario-started')) void askForBeginning(placed, position);
  }

  /** It began before the events that the lab brought along: the store of the stream knows. */
  async function askForBeginning(placed: readonly PlacedEvent[], position: number): Promise<void> {
    const mine: PlacedEvent[] = [...placed];
    later = mine;
    const filter = { types: ['scenario-started' as const] };
    const start = await connection.query({ type: 'find-event', from: position, direction: 'backwards', filter });
    if (start.ok && start.value) {
      const told = await connection.query({
        type: 'events',
        from: start.value.position,
        to: mine[0]?.position ?? position,
        limit: eventsMax,
        filter: { types },
      });
      if (later === mine && told.ok) {
        const { events, positions } = told.value;
        const earlier = events.map((event, at) => ({ event, position: positions[at] ?? 0 }));
        view.value = fold(noScenario, [...earlier, ...mine]);
      }
    }
    if (later === mine) later = null;
  }

  /** @returns whether it has begun */
  async function run({ text, variant, world, seed }: ScenarioOrder): Promise<boolean> {
    isStarting.value = true;
    failure.value = null;
    const result = await connection.send({
      type: 'run-scenario',
      text,
      world,
      ...(variant !== '' && { variant }),
      ...(seed !== null && { seed }),
    });
    isStarting.value = false;
    if (result.ok) face.value = 'run';
    else failure.value = result.failure;
    return result.ok;
  }

  async function stop(): Promise<boolean> {
    return await connection.run({ type: 'stop-scenario' });
  }

  /** What was done by hand since the cluster was started, into the editor. */
  async function save(title: string): Promise<boolean> {
    const result = await connection.send({ type: 'save-scenario', title });
    failure.value = result.ok ? null : result.failure;
    if (!result.ok) return false;
    draft.value = result.value.text;
    face.value = 'editor';
    return true;
  }

  function edit(text: string): void {
    draft.value = text;
    failure.value = null;
    face.value = 'editor';
  }

  return { view, face, draft, failure, isStarting, take, reset, run, stop, save, edit };
});
