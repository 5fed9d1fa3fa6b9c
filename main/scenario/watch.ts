/**
 * Conditions as folds over the stream. A watch begins to count when it is made: `new leader` is one that was elected since.
 */
import { assertNever } from '../../shared/assert.ts';
import type { Condition } from './condition-schema.ts';
import { holdsInCluster, isClusterCondition } from './cluster-conditions.ts';
import { watchEvents } from './event-conditions.ts';
import { holdsOfRequest } from './request-conditions.ts';
import { watchWorkload } from './workload-conditions.ts';
import type { Watch } from './world.ts';

/** A watch of what stands in the world at any time, without a memory of its own. */
function plain(holds: Watch['holds']): Watch {
  return { take: () => {}, holds };
}

export function watch(condition: Condition): Watch {
  if (isClusterCondition(condition)) return plain((world) => holdsInCluster(condition, world));
  switch (condition.kind) {
    case 'request':
    case 'entries-of':
    case 'read':
      return plain((world) => holdsOfRequest(condition, world));
    case 'leader':
    case 'violation':
    case 'evidence-lost':
    case 'rule-waived':
    case 'elections':
    case 'leader-changes':
    case 'snapshot-installed':
    case 'event':
      return watchEvents(condition);
    case 'workload-answered':
    case 'workload-failed':
    case 'workload-unknown':
    case 'longest-silence':
      return watchWorkload(condition);
    case 'all':
    case 'any':
    case 'not':
      return combined(condition);
    default:
      return assertNever(condition, 'watch');
  }
}

function combined(condition: Extract<Condition, { kind: 'all' | 'any' | 'not' }>): Watch {
  const parts = (condition.kind === 'not' ? [condition.condition] : condition.conditions).map(watch);
  const holds: Watch['holds'] = (world, nowNs) => {
    // Each is asked, also where one decides: none has side effects, and few are ever combined.
    const held = parts.map((part) => part.holds(world, nowNs));
    if (condition.kind === 'not') return !held[0];
    return condition.kind === 'all' ? held.every(Boolean) : held.some(Boolean);
  };
  return {
    take: (event, world) => {
      for (const part of parts) part.take(event, world);
    },
    holds,
  };
}
