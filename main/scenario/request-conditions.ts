/** Conditions about what the scenario itself asked for. */
import type { AppendAnswer } from '../../shared/client-request.ts';
import { nodeOf } from '../../shared/projection/cluster-view.ts';
import { termAt } from '../../shared/projection/node-log.ts';
import { isOutcomeKnown } from '../../shared/result.ts';
import type { ConditionOf } from './condition-schema.ts';
import { clientTexts, rangeOf, type RequestState, type World } from './world.ts';

export function holdsOfRequest(
  condition: ConditionOf<'request'> | ConditionOf<'entries-of'> | ConditionOf<'read'>,
  world: World,
): boolean {
  if (condition.kind === 'request') return isIn(condition, world.requests.get(condition.request));
  if (condition.kind === 'read') return shows(condition, world.requests.get(condition.read));
  return holdsOfEntries(condition, world);
}

function isIn({ is, code }: ConditionOf<'request'>, request: RequestState | undefined): boolean {
  if (!request) return false;
  if (is === 'pending' || is === 'answered') return request.state === is;
  if (request.state !== 'failed') return false;
  const { failure } = request;
  return is === 'unknown' ? !isOutcomeKnown(failure) : code === undefined || failure.code === code;
}

/** The texts of a read's client entries against what it should show. */
function shows(condition: ConditionOf<'read'>, request: RequestState | undefined): boolean {
  const texts = clientTexts(rangeOf(request));
  if (!texts) return false;
  const { shows: exactly, contains = [], lacks = [] } = condition;
  return (
    (exactly === undefined ||
      (exactly.length === texts.length && exactly.every((text, position) => text === texts[position]))) &&
    contains.every((text) => texts.includes(text)) &&
    lacks.every((text) => !texts.includes(text))
  );
}

/**
 * Of an append that was answered, by the log of the leader: committed there, or gone from it. What an append left that was not
 * answered only a read can show.
 */
function holdsOfEntries(condition: ConditionOf<'entries-of'>, world: World): boolean {
  const request = world.requests.get(condition['entries-of']);
  const leader = world.leader === undefined ? undefined : nodeOf(world.view, world.leader);
  if (request?.state !== 'answered' || !leader) return false;
  // Any command can have a name; only an append has entries.
  const { lastIndex, term } = (request.value ?? {}) as Partial<AppendAnswer>;
  if (lastIndex === undefined || term === undefined) return false;
  const isHeld = lastIndex < leader.firstIndex || (lastIndex <= leader.lastIndex && termAt(leader, lastIndex) === term);
  return condition.are === 'lost' ? !isHeld : isHeld && leader.commitIndex >= lastIndex;
}
