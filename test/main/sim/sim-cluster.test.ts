import { expect, it } from 'vitest';
import { storageNumberOf } from '../../../shared/ids.ts';
import { startWithLeader } from '../../support/sim-cluster.ts';

it('binds each voter to the folder that it begins with, and leaves spare servers out', () => {
  const { nodes, events } = startWithLeader({ spares: 2 });
  const started = events.flatMap((event) => (event.type === 'node-started' ? [event] : []));
  expect(started).toHaveLength(5);
  const [{ voters } = { voters: [] }] = started.map(({ configuration }) => configuration.configuration);
  expect(voters).toEqual(nodes.slice(0, 3).map(({ id, storageNumber }) => ({ id, storage: storageNumber })));
  expect(started.map(({ storageId }) => storageNumberOf(storageId))).toEqual(
    nodes.map(({ storageNumber }) => storageNumber),
  );
  expect(nodes[4]?.state?.role.name).toBe('follower');
});

it('counts the datagrams that were sent, at either level', () => {
  const upper = startWithLeader();
  const bytes = startWithLeader({ setting: { ...upper.plan.setting, level: 'bytes' } });
  for (const { events, messages } of [upper, bytes]) {
    expect(messages()).toBe(events.filter(({ type }) => type === 'datagram-sent').length);
  }
});
