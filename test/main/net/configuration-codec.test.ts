import { describe, expect, it } from 'vitest';
import { configurationIntegers, readConfiguration, storageNumberMax } from '../../../main/net/configuration-codec.ts';
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
    expect(configurationIntegers({ ...configuration, outgoing: servers(2), learners: [] })).toEqual(
      [
        [1, 2, 0],
        [nodeIdMax, storageNumberMax],
        [0, 0, 1, 1000],
      ].flat(),
    );
    expect(read(configurationIntegers(configuration))).toEqual({ configuration, problem: {} });
  });

  it('may name any folder', () => {
    expect(storageNumberOf('ffffffff-ffff-4fff-bfff-ffffffffffff')).toBe(storageNumberMax);
  });

  it.each([
    ['no voter', [0, 0, 0], 'the number of voters'],
    ['too many voters', [limits.nodesMax + 1, 0, 0, ...flat(limits.nodesMax + 1)], 'the number of voters'],
    ['too many outgoing ones', [1, limits.nodesMax + 1, 0], 'the number of outgoing voters'],
    ['too many learners', [1, 0, limits.learnersMax + 1], 'the number of learners'],
    ['half a server', [1, 0, 0, 1], 'a storage among the voters'],
    ['half a second server', [2, 0, 0, 1, 0, 2], 'a storage among the voters'],
    ['an id above the limit', [1, 0, 0, nodeIdMax + 1, 0], 'an id among the voters'],
    ['a storage above the limit', [1, 1, 0, 0, 0, 1, storageNumberMax + 1], 'a storage among the outgoing voters'],
    ['a server twice', [1, 0, 2, 0, 0, 4, 0, 4, 1], 'one of the learners stands there twice'],
    ['lists', [1, 0, 0, [1, 0]], 'an id among the voters'],
    ['nothing', [], 'the number of voters'],
  ])('is refused with %s', (_what, fields, reason) => {
    expect(read(fields).problem.reason).toContain(reason);
  });
});
