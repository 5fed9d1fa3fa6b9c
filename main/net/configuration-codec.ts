/**
 * Who belongs to the cluster, inside a message: three lists (voters, outgoing, learners) of `id, storage, id, storage …`.
 */
import { limits } from '../../shared/cluster-config.ts';
import type { Configuration, Server } from '../../shared/configuration.ts';
import { nodeIdMax } from '../../shared/ids.ts';
import { FieldReader, type Problem } from './field-reader.ts';

/** The first 48 bits of a folder's id. */
export const storageNumberMax = 2 ** 48 - 1;

/** @returns the three fields. */
export function configurationFields({ voters, outgoing, learners }: Configuration): unknown[] {
  return [voters, outgoing, learners].map((group) => group.flatMap(({ id, storage }) => [id, storage]));
}

/** Reads the three fields; what is wrong is noted in `problem`. */
export function readConfiguration(fields: FieldReader, problem: Problem): Configuration {
  return {
    voters: readGroup(fields, problem, 'voters', limits.nodesMax, 1),
    outgoing: readGroup(fields, problem, 'outgoing voters', limits.nodesMax),
    learners: readGroup(fields, problem, 'learners', limits.learnersMax),
  };
}

function readGroup(
  fields: FieldReader,
  problem: Problem,
  name: string,
  countMax: number,
  countMin = 0,
): readonly Server[] {
  const list = new FieldReader(fields.list(name, countMax * 2, countMin * 2), problem, name);
  const servers: Server[] = [];
  while (list.hasMore) {
    const id = list.integer(`an id among the ${name}`, nodeIdMax);
    servers.push({ id, storage: list.integer(`a storage among the ${name}`, storageNumberMax) });
  }
  if (new Set(servers.map(({ id }) => id)).size < servers.length)
    problem.reason ??= `one of the ${name} stands there twice`;
  return servers;
}
