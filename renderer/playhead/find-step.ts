/** What one can step to in the stream: landmarks by kind, errors, whatever a node reports. */
import type { SendQuery } from '../../shared/bridge.ts';
import type { EventType, LabEvent } from '../../shared/event.ts';
import type { NodeId } from '../../shared/ids.ts';
import { landmarkOf, type LandmarkKind } from '../../shared/projection/landmarks.ts';
import { eventTypes, fixedLevelOf, logLevelOf } from '../../shared/projection/log-line.ts';
import type { EventFilter, PlacedEvent } from '../../shared/query.ts';
import { fail, succeed, type Result } from '../../shared/result.ts';

export type StepGoal =
  | { readonly kind: 'landmark'; readonly landmark: LandmarkKind }
  /** Log lines of level `error`. */
  | { readonly kind: 'error' }
  /** Anything that a node reports. */
  | { readonly kind: 'node'; readonly node: NodeId };

/** Of which type the events are that are a landmark of a kind; not all events of the type need be. */
export const landmarkTypes: Readonly<Record<LandmarkKind, readonly EventType[]>> = {
  leader: ['role-changed'],
  role: ['role-changed'],
  election: ['election-started'],
  start: ['node-started'],
  end: ['node-ended'],
  fault: ['link-cut', 'fault-set', 'node-fault'],
  heal: ['link-healed', 'fault-cleared', 'node-fault'],
  membership: ['configuration-changed', 'configuration-rolled-back'],
  snapshot: ['snapshot-saved', 'snapshot-installed'],
  violation: ['violation-found'],
  bench: [
    'cluster-started',
    'cluster-stopped',
    'scenario-started',
    'scenario-ended',
    'workload-started',
    'workload-stopped',
  ],
};

/** Of so many events of the right type one will do, or the search is given up. */
const looksMax = 1_000;

/** The next event behind `position`, or the last one before the event that led to it; null when there is none. */
export async function findStep(
  query: SendQuery,
  goal: StepGoal,
  position: number,
  direction: 'forwards' | 'backwards',
): Promise<Result<PlacedEvent | null>> {
  let from = direction === 'forwards' ? position : Math.max(0, position - 1);
  for (let look = 0; look < looksMax; look += 1) {
    const answer = await query({ type: 'find-event', from, direction, filter: filterOf(goal) });
    if (!answer.ok) return answer;
    if (answer.value === null || isGoal(goal, answer.value.event)) return succeed(answer.value);
    from = direction === 'forwards' ? answer.value.position + 1 : answer.value.position;
  }
  return fail('compacted', 'Among the next thousand candidates is none.');
}

function filterOf(goal: StepGoal): EventFilter {
  switch (goal.kind) {
    case 'landmark':
      return { types: [...landmarkTypes[goal.landmark]] };
    case 'node':
      return { nodes: [goal.node] };
    default:
      return { types: eventTypes.filter((type) => (fixedLevelOf(type) ?? 'error') === 'error') };
  }
}

function isGoal(goal: StepGoal, event: LabEvent): boolean {
  switch (goal.kind) {
    case 'landmark':
      return landmarkOf(event, 0)?.kind === goal.landmark;
    case 'node':
      return event.node === goal.node;
    default:
      return logLevelOf(event) === 'error';
  }
}
