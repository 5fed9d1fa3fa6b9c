/**
 * Whether a change of membership names servers that a cluster can have.
 */
import type { Server } from './configuration.ts';
import type { ChangeMembershipRequest } from './client-request.ts';
import { limits } from './cluster-config.ts';
import { isNodeId, nodeIdMax } from './ids.ts';
import type { Failure } from './result.ts';

/** What is wrong, in a sentence that says what to do; undefined when nothing is. */
export function checkMembership({ mode, voters, learners }: ChangeMembershipRequest): Failure | undefined {
  if (!['joint', 'single-server'].includes(mode)) {
    return invalid(`"${mode}" is no way to change the membership. Use joint or single-server.`);
  }
  if (voters.length === 0) return invalid('A cluster without voters decides nothing. Name at least one.');
  if (voters.length > limits.nodesMax) {
    return invalid(`${voters.length} voters are named; a cluster has up to ${limits.nodesMax}. Name fewer.`);
  }
  if (learners.length > limits.learnersMax) {
    return invalid(`${learners.length} learners are named; a cluster has up to ${limits.learnersMax}. Name fewer.`);
  }
  return checkServers([...voters, ...learners]);
}

/** @param name of the field */
export function checkNodeId(name: string, id: unknown): Failure | undefined {
  if (isNodeId(id)) return undefined;
  return invalid(`${name} is ${String(id)}, and that is no node id. Give a whole number from 0 to ${nodeIdMax}.`);
}

function checkServers(servers: readonly Server[]): Failure | undefined {
  const seen = new Set<number>();
  for (const { id, storage } of servers) {
    const problem = checkNodeId('The id of a server', id);
    if (problem) return problem;
    if (seen.has(id)) return invalid(`Node ${id} is named twice. Name each server once, as a voter or as a learner.`);
    seen.add(id);
    if (!Number.isSafeInteger(storage) || storage < 0) {
      return invalid(`The storage number of node ${id} is ${storage}. Give the number of its folder, or 0 for any.`);
    }
  }
  return undefined;
}

function invalid(message: string): Failure {
  return { code: 'invalid', message };
}
