import { afterEach, expect, it } from 'vitest';
import { deferred } from '../../../main/lab/deferred.ts';
import { LabContext } from '../../../main/lab/lab-context.ts';
import { EventStream } from '../../../main/lab/event-stream.ts';
import { spawnNode } from '../../../main/lab/spawn-node.ts';
import { findFreePortBlock } from '../../../main/net/udp-port-block.ts';
import { paperTimings } from '../../../shared/cluster-config.ts';
import { failureOf } from '../../support/real-lab.ts';

const stream = new EventStream();

afterEach(() => stream.close());

function makeContext(): LabContext {
  const settings = {
    folder: '',
    basePort: 1,
    timings: paperTimings,
    spawn: spawnNode,
    findPortBlock: findFreePortBlock,
  };
  return new LabContext(settings, stream);
}

it('lets one task after the other have its turn, also after one that went wrong', async () => {
  const context = makeContext();
  const gate = deferred<string>();
  const done: string[] = [];
  const first = context.inTurn(async () => void done.push(await gate.promise));
  const second = context.inTurn(() => Promise.reject(new Error('second')));
  const third = context.inTurn(() => Promise.resolve(void done.push('third')));
  expect(done).toEqual([]);
  gate.resolve('first');
  await first;
  await expect(second).rejects.toThrow('second');
  await third;
  expect(done).toEqual(['first', 'third']);
});

it('knows when there is no cluster', () => {
  expect(failureOf(makeContext().clusterWith(0))).toEqual({
    code: 'not-running',
    message: 'No cluster is running. Start one first.',
  });
});

it('names each request once', () => {
  const context = makeContext();
  expect([context.nextRequestId(), context.nextRequestId()]).toEqual(['r1', 'r2']);
});
