/** What stands instead of what was waited for, in a sentence. */
import { currentLeader } from '../../shared/projection/cluster-view.ts';
import { isAtWork } from '../../shared/projection/membership-view.ts';
import type { NodeView } from '../../shared/projection/node-view.ts';
import { whyNoLeader } from '../../shared/projection/explain/why-no-leader.ts';
import type { Condition } from './condition-schema.ts';
import { clientTexts, rangeOf, type RequestState, type World } from './world.ts';

const textsMax = 10;

/** Who leads, what each server does, and what became of the requests that the condition speaks of. */
export function standing(world: World, condition?: Condition): string {
  const { view } = world;
  if (view.nodes.length === 0) return 'no cluster runs';
  const leader = currentLeader(view);
  const led = leader ? `node ${leader.id} leads in term ${leader.term}` : (whyNoLeader(view) ?? 'nobody leads');
  const nodes = view.nodes.map(nodeText).join(', ');
  const requests = [...namesIn(condition)].map((name) => requestText(name, world.requests.get(name)));
  return [led.replace(/\.$/, ''), nodes, ...requests].join('; ');
}

function nodeText(node: NodeView): string {
  const { id, status, role, term, commitIndex, lastIndex } = node;
  const does = status !== 'running' ? status : isAtWork(node) ? role : `${role}, paused`;
  return `node ${id}: ${does}, term ${term}, commit ${commitIndex} of ${lastIndex}`;
}

function requestText(name: string, request: RequestState | undefined): string {
  if (!request) return `"${name}" was not asked yet`;
  const texts = clientTexts(rangeOf(request));
  if (texts) return `"${name}" shows [${texts.slice(0, textsMax).join(', ')}${texts.length > textsMax ? ' …' : ''}]`;
  if (request.state !== 'failed') return `"${name}" is ${request.state}`;
  return `"${name}" failed (${request.failure.code}): ${request.failure.message.replace(/\.$/, '')}`;
}

function namesIn(condition: Condition | undefined): ReadonlySet<string> {
  switch (condition?.kind) {
    case 'request':
      return new Set([condition.request]);
    case 'entries-of':
      return new Set([condition['entries-of']]);
    case 'read':
      return new Set([condition.read]);
    case 'not':
      return namesIn(condition.condition);
    case 'all':
    case 'any':
      return new Set(condition.conditions.flatMap((one) => [...namesIn(one)]));
    default:
      return new Set();
  }
}
