/**
 * Who belongs to the cluster, inside a message, as integers in a row: how many voters, outgoing voters and learners, and
 * then each one's id and storage.
 */
import { limits } from '../../shared/cluster-config.ts';
import type { Configuration, Server } from '../../shared/configuration.ts';
import { nodeIdMax } from '../../shared/ids.ts';
import type { FieldReader, Problem } from './field-reader.ts';

/** The first 48 bits of a folder's id. */
export const storageNumberMax = 2 ** 48 - 1;

export function configurationIntegers({ voters, outgoing, learners }: Configuration): number[] {
  const groups = [voters, outgoing, learners];
  return [...groups.map(({ length }) => length), ...groups.flatMap(serverIntegers)];
}

export function serverIntegers(servers: readonly Server[]): number[] {
  return servers.flatMap(({ id, storage }) => [id, storage]);
}

/** Takes a configuration out of integers in a row; what is wrong is noted in `problem`. */
export function readConfiguration(integers: FieldReader, problem: Problem): Configuration {
  const voterCount = integers.integer('the number of voters', limits.nodesMax, 1);
  const outgoingCount = integers.integer('the number of outgoing voters', limits.nodesMax);
  const learnerCount = integers.integer('the number of learners', limits.learnersMax);
  return {
    voters: readServers(integers, problem, 'voters', voterCount),
    outgoing: readServers(integers, problem, 'outgoing voters', outgoingCount),
    learners: readServers(integers, problem, 'learners', learnerCount),
  };
}

/** @param group its name */
export function readServers(integers: FieldReader, problem: Problem, group: string, count: number): Server[] {
  const servers = Array.from({ length: count }, () => {
    const id = integers.integer(`an id among the ${group}`, nodeIdMax);
    return { id, storage: integers.integer(`a storage among the ${group}`, storageNumberMax) };
  });
  if (new Set(servers.map(({ id }) => id)).size < count) problem.reason ??= `one of the ${group} stands there twice`;
  return servers;
}
