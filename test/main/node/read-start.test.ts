import { expect, it } from 'vitest';
import { readStart, type NodeList, type StartOptions } from '../../../main/node/read-start.ts';
import { paperTimings } from '../../../shared/cluster-config.ts';

const listOf = (...ids: readonly number[]): NodeList => ids.map((id) => [id, `127.0.0.1:${20_000 + id}`]);

it('reads the list, with the paper’s timings unless others are given', () => {
  const timings = { ...paperTimings, electionTimeoutMaxMs: 900 };
  expect(readStart(0, listOf(0, 1), {})).toMatchObject({
    ok: true,
    value: { members: [{ id: 0 }, { id: 1, address: { host: '127.0.0.1', port: 20_001 } }], timings: paperTimings },
  });
  expect(readStart(1, listOf(1), { timings })).toMatchObject({ ok: true, value: { timings } });
});

it('makes the same cluster id of the same list, and takes another one where it is given', () => {
  const idOf = (nodes: NodeList, options: StartOptions = {}): string => {
    const read = readStart(0, nodes, options);
    if (!read.ok) throw new Error(read.failure.message);
    return read.value.clusterId;
  };
  expect(idOf(listOf(0, 1))).toBe(idOf(listOf(0, 1)));
  expect(idOf(listOf(0, 1))).not.toBe(idOf(listOf(0, 2)));
  const clusterId = '6f1c2a52-7f0e-4d7e-9a55-0c8a3f5b7d11';
  expect(idOf(listOf(0), { clusterId })).toBe(clusterId);
});

it.each([
  ['a node that is not in the list', listOf(0, 2), {}, 'Node 1 is not in the list of nodes'],
  ['an empty list', [], {}, 'Node 1 is not in the list of nodes'],
  ['an id twice', listOf(0, 1, 1), {}, 'Node 1 is listed twice'],
  ['an id that is none', listOf(0, 1, -2), {}, '-2 is no node id'],
  ['too many nodes', listOf(0, 1, 2, 3, 4, 5, 6, 7, 8, 9), {}, '10 nodes are listed'],
  ['an address that is none', [[1, 'here']], {}, '"here" is no address'],
  ['a cluster id that is no uuid', listOf(1), { clusterId: 'mine' }, '"mine" is no uuid'],
  ['timings that elect nobody', listOf(1), { timings: { ...paperTimings, heartbeatIntervalMs: 200 } }, 'heartbeat'],
] as const)('refuses %s', (_what, nodes, options, problem) => {
  expect(readStart(1, nodes, options)).toMatchObject({
    ok: false,
    failure: { code: 'invalid', message: expect.stringContaining(problem) },
  });
});
