/** Conditions that the cluster's view answers at any time. */
import { assertNever } from '../../shared/assert.ts';
import { isJoint } from '../../shared/configuration.ts';
import type { NodeId } from '../../shared/ids.ts';
import { nodeOf } from '../../shared/projection/cluster-view.ts';
import { configurationInForce, isAtWork, memberKindOf } from '../../shared/projection/membership-view.ts';
import { termAt } from '../../shared/projection/node-log.ts';
import type { NodeView } from '../../shared/projection/node-view.ts';
import { compare } from './comparison.ts';
import type { Condition, ConditionOf } from './condition-schema.ts';
import type { ServerWord } from './server-words.ts';
import type { World } from './world.ts';

const kinds = ['leaders', 'node', 'commit-index', 'term', 'logs', 'voters', 'learners'] as const;

export type ClusterCondition = ConditionOf<(typeof kinds)[number]>;

export function isClusterCondition(condition: Condition): condition is ClusterCondition {
  return kinds.some((kind) => kind === condition.kind);
}

export function holdsInCluster(condition: ClusterCondition, world: World): boolean {
  switch (condition.kind) {
    case 'leaders':
      return compare(runningNodes(world).filter(({ role }) => role === 'leader').length, condition.leaders);
    case 'node':
      return nodesOf(world, [condition.node]).some((node) => isIn(condition.is, node, world));
    case 'commit-index':
      return holdsOfCommit(condition, world);
    case 'term': {
      const nodes = condition.at ? nodesOf(world, condition.at) : runningNodes(world);
      return nodes.some(({ term }) => compare(term, condition.term));
    }
    case 'logs':
      return areEqual(condition.at ? nodesOf(world, condition.at) : runningMembers(world));
    case 'voters':
    case 'learners':
      return areMembers(condition.kind, condition.kind === 'voters' ? condition.voters : condition.learners, world);
    default:
      return assertNever(condition, 'holdsInCluster');
  }
}

function runningNodes({ view }: World): readonly NodeView[] {
  return view.nodes.filter(({ status }) => status === 'running');
}

function nodesOf(world: World, words: readonly ServerWord[]): readonly NodeView[] {
  return world.findAll(words).flatMap((id) => nodeOf(world.view, id) ?? []);
}

/** Those that the log goes to: a server that waits to be added has none. */
function runningMembers(world: World): readonly NodeView[] {
  const configuration = configurationInForce(world.view)?.configuration;
  return runningNodes(world).filter(({ id }) => memberKindOf(configuration, id) !== 'outsider');
}

function isIn(state: ConditionOf<'node'>['is'], node: NodeView, world: World): boolean {
  const runs = node.status === 'running';
  const member = memberKindOf(configurationInForce(world.view)?.configuration, node.id);
  switch (state) {
    case 'leader':
    case 'follower':
    case 'candidate':
      return runs && node.role === state;
    case 'running':
      return isAtWork(node);
    case 'stopped':
    case 'crashed':
    case 'failed':
      return node.status === state;
    case 'down':
      return !runs && node.status !== 'starting';
    case 'paused':
      return runs && !isAtWork(node);
    case 'a voter':
      return member === 'voter';
    case 'a learner':
      return member === 'learner';
    case 'an outsider':
      return member === 'outsider';
    default:
      return assertNever(state, 'isIn');
  }
}

function holdsOfCommit({ at = 'majority', ...condition }: ConditionOf<'commit-index'>, world: World): boolean {
  const asked = condition['commit-index'];
  const enough = (nodes: readonly NodeView[]): number =>
    nodes.filter(({ commitIndex }) => compare(commitIndex, asked)).length;
  if (at === 'majority') {
    const voters = configurationInForce(world.view)?.configuration.voters ?? [];
    const running = runningNodes(world).filter(({ id }) => voters.some((voter) => voter.id === id));
    return enough(running) > voters.length / 2;
  }
  const nodes = at === 'all' ? runningMembers(world) : nodesOf(world, at);
  return nodes.length > 0 && enough(nodes) === nodes.length;
}

/** The same last entry, which decides everything before it (log matching), committed and applied by each. */
function areEqual(nodes: readonly NodeView[]): boolean {
  const [first] = nodes;
  if (!first) return false;
  const { lastIndex } = first;
  const term = termAt(first, lastIndex);
  return nodes.every(
    (node) =>
      node.lastIndex === lastIndex &&
      termAt(node, lastIndex) === term &&
      node.commitIndex === lastIndex &&
      node.appliedIndex === lastIndex,
  );
}

/** By the configuration in force, when no change is under way and the leader has committed it. */
function areMembers(kind: 'voters' | 'learners', words: readonly ServerWord[], world: World): boolean {
  const placed = configurationInForce(world.view);
  const leader = world.leader === undefined ? undefined : nodeOf(world.view, world.leader);
  if (!placed || !leader || isJoint(placed.configuration) || leader.commitIndex < placed.index) return false;
  const members = new Set<NodeId>(placed.configuration[kind].map(({ id }) => id));
  const wanted = new Set(world.findAll(words));
  return members.size === wanted.size && [...wanted].every((id) => members.has(id));
}
