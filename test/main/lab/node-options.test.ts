import { expect, it } from 'vitest';
import type { ClusterOptions } from '../../../main/lab/cluster-options.ts';
import { EventStream } from '../../../main/lab/event-stream.ts';
import { describeStart, nodeOptions } from '../../../main/lab/node-options.ts';
import { paperTimings } from '../../../shared/cluster-config.ts';

const folder = {
  path: '/lab/cluster-3',
  clusterId: 'c',
  key: new Uint8Array(32),
  members: [],
  founders: undefined,
  isUnused: false,
};
const options: ClusterOptions = {
  stream: new EventStream(),
  spawn: () => {
    throw new Error('nothing is spawned here');
  },
  folder,
  members: [],
  timings: paperTimings,
};
const networkDelay = { minMs: 300, maxMs: 600 };

it('gives each node its folder, and what the cluster was started with', () => {
  const { clock } = options.stream;
  expect(nodeOptions(options, 2)).toEqual({
    id: 2,
    folder: expect.stringMatching(/cluster-3.node-2$/),
    clusterId: 'c',
    key: folder.key,
    timings: paperTimings,
    clockOriginNs: clock.originNs,
    bootAfter: 0,
    lamport: clock.lamport,
  });
  const more = nodeOptions({ ...options, snapshotEveryEntries: 9, networkDelay }, 2);
  expect(more).toMatchObject({ snapshotEveryEntries: 9, networkDelay });
});

it('says of the start what was asked for', () => {
  const start = { type: 'cluster-started', clusterId: 'c', members: [], timings: paperTimings, folder: folder.path };
  expect(describeStart(options, [])).toEqual(start);
  expect(describeStart({ ...options, seed: 7, networkDelay }, [])).toEqual({ ...start, seed: 7, networkDelay });
});
