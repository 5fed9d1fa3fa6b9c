/**
 * Whether plain JavaScript gave the library lists where it wants some. What is in them the check of the request judges.
 */
import type { Failure } from '../../shared/result.ts';

/** What is wrong, in a sentence that says what to do; undefined when nothing is. @param request of `append` */
export function checkAppendArguments(request: unknown): Failure | undefined {
  if (Array.isArray(fieldOf(request, 'entries'))) return undefined;
  return invalid("entries must be a list of texts or bytes. Call append({ entries: ['foo'] }).");
}

/** Likewise. @param change of `changeMembership` */
export function checkMembershipArguments(change: unknown): Failure | undefined {
  const learners = fieldOf(change, 'learners');
  if (!isServerList(fieldOf(change, 'voters'))) return invalid(`voters ${mustBeServers}`);
  return learners === undefined || isServerList(learners) ? undefined : invalid(`learners ${mustBeServers}`);
}

const mustBeServers = 'must be a list of node ids. Call changeMembership({ voters: [0, 1, 2] }).';

function isServerList(value: unknown): boolean {
  return Array.isArray(value) && value.every((one) => typeof one === 'number' || isObject(one));
}

function fieldOf(value: unknown, name: string): unknown {
  return isObject(value) ? Reflect.get(value, name) : undefined;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function invalid(message: string): Failure {
  return { code: 'invalid', message };
}
