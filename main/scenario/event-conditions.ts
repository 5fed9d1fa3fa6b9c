/** Conditions that count what happens. */
import type { LabEvent } from '../../shared/event.ts';
import { labSourceId, type NodeId } from '../../shared/ids.ts';
import { compare, type Comparison } from './comparison.ts';
import type { ConditionOf } from './condition-schema.ts';
import type { Watch, World } from './world.ts';

type EventCondition = ConditionOf<
  | 'leader'
  | 'violation'
  | 'evidence-lost'
  | 'rule-waived'
  | 'elections'
  | 'leader-changes'
  | 'snapshot-installed'
  | 'event'
>;

const once: Comparison = { sign: '>=', number: 1 };

export function watchEvents(condition: EventCondition): Watch {
  switch (condition.kind) {
    case 'leader':
      return watchLeader(condition);
    case 'violation':
      return counting((event) => event.type === 'violation-found' && isMeant(condition.violation, event.promise));
    case 'evidence-lost':
      return counting((event) => event.type === 'evidence-lost' && isMeant(condition['evidence-lost'], event.promise));
    case 'rule-waived':
      return counting((event) => event.type === 'rule-waived' && event.rule === condition['rule-waived']);
    case 'elections':
      return counting((event) => event.type === 'election-started', condition.elections);
    case 'leader-changes':
      return counting(isElected, condition['leader-changes']);
    case 'snapshot-installed': {
      const where = condition['snapshot-installed'];
      return counting(
        (event, world) => event.type === 'snapshot-installed' && (world.find(where)?.includes(event.node) ?? false),
      );
    }
    default:
      return counting((event, world) => matches(condition.event, event, world), condition.times);
  }
}

function counting(counts: (event: LabEvent, world: World) => boolean, wanted: Comparison = once): Watch {
  let count = 0;
  return {
    take: (event, world) => {
      if (counts(event, world)) count += 1;
    },
    holds: () => compare(count, wanted),
  };
}

function isMeant(wanted: string, promise: string): boolean {
  return wanted === 'any' || wanted === promise;
}

function isElected(event: LabEvent): boolean {
  return event.type === 'role-changed' && event.to === 'leader';
}

/** `elected`: somebody leads now. `new`: the same, by an election that was won since. */
function watchLeader(condition: ConditionOf<'leader'>): Watch {
  const elected = new Set<NodeId>();
  return {
    take: (event) => {
      if (isElected(event)) elected.add(event.node);
    },
    holds: (world) => {
      const { leader } = world;
      if (condition.leader === 'none') return leader === undefined;
      if (leader === undefined || (condition.leader === 'new' && !elected.has(leader))) return false;
      const term = world.view.nodes.find(({ id }) => id === leader)?.term ?? 0;
      const { among, 'in-term-above': above, 'other-than': others } = condition;
      return (
        (above === undefined || term > above) &&
        (among === undefined || world.findAll(among).includes(leader)) &&
        (others === undefined || !world.findAll(others).includes(leader))
      );
    },
  };
}

/** Every field that is named is the same, or a part of it where it is an object. */
function matches({ node, ...fields }: ConditionOf<'event'>['event'], event: LabEvent, world: World): boolean {
  if (node === 'lab' && event.node !== labSourceId) return false;
  if (node !== undefined && node !== 'lab') {
    const ids = world.find(node);
    const isAbout = 'target' in event && event.node === labSourceId && ids?.includes(event.target) === true;
    if (!isAbout && ids?.includes(event.node) !== true) return false;
  }
  return contains(event, fields);
}

function contains(actual: unknown, wanted: unknown): boolean {
  if (typeof wanted !== 'object' || wanted === null) return actual === wanted;
  if (typeof actual !== 'object' || actual === null) return false;
  if (Array.isArray(wanted)) {
    return (
      Array.isArray(actual) &&
      actual.length === wanted.length &&
      wanted.every((one, position) => contains(actual[position], one))
    );
  }
  const held: Readonly<Record<string, unknown>> = { ...actual };
  return Object.entries(wanted).every(([key, one]) => contains(held[key], one));
}
