import { describe, expect, it } from 'vitest';
import { configurationFields, readConfiguration, storageNumberMax } from '../../../main/net/configuration-codec.ts';
import { FieldReader, type Problem } from '../../../main/net/field-reader.ts';
import { limits } from '../../../shared/cluster-config.ts';
import type { Configuration } from '../../../shared/configuration.ts';
import { nodeIdMax, storageNumberOf } from '../../../shared/ids.ts';

function read(fields: unknown): { configuration: Configuration; problem: Problem } {
  const problem: Problem = {};
  return { configuration: readConfiguration(new FieldReader(fields, problem, 'the message'), problem), problem };
}

const servers = (count: number) => Array.from({ length: count }, (_, id) => ({ id, storage: id * 1000 }));
const flat = (count: number): number[] => servers(count).flatMap(({ id, storage }) => [id, storage]);

describe('a configuration', () => {
  it('comes back as it was, up to the limits', () => {
    const { nodesMax, learnersMax } = limits;
    const configuration = {
      voters: [{ id: nodeIdMax, storage: storageNumberMax }],
      outgoing: servers(nodesMax),
      learners: servers(learnersMax),
    };
    expect(configurationFields({ ...configuration, outgoing: servers(2) }).slice(0, 2)).toEqual([
      [nodeIdMax, storageNumberMax],
      [0, 0, 1, 1000],
    ]);
    expect(read(configurationFields(configuration))).toEqual({ configuration, problem: {} });
  });

  it('may name any folder', () => {
    expect(storageNumberOf('ffffffff-ffff-4fff-bfff-ffffffffffff')).toBe(storageNumberMax);
  });

  it.each([
    ['no voter', [[], [], []], 'voters is not a list'],
    ['too many voters', [flat(limits.nodesMax + 1), [], []], 'voters is not a list'],
    ['too many outgoing ones', [flat(1), flat(limits.nodesMax + 1), []], 'outgoing voters is not a list'],
    ['too many learners', [flat(1), [], flat(limits.learnersMax + 1)], 'learners is not a list'],
    ['half a server', [[1], [], []], 'voters is not a list'],
    ['half a second server', [[1, 0, 2], [], []], 'a storage among the voters'],
    ['an id above the limit', [[nodeIdMax + 1, 0], [], []], 'an id among the voters'],
    ['a storage above the limit', [flat(1), [1, storageNumberMax + 1], []], 'a storage among the outgoing voters'],
    ['a server twice', [flat(1), [], [4, 0, 4, 1]], 'one of the learners stands there twice'],
    ['lists of lists', [[[1, 0]], [], []], 'voters'],
    ['no lists', [7], 'voters is not a list'],
  ])('is refused with %s', (_what, fields, reason) => {
    expect(read(fields).problem.reason).toContain(reason);
  });
});
