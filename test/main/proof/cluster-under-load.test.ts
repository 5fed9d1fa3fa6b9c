/** A long stream to measure with. */
import { expect, it } from 'vitest';
import { clusterUnderLoad } from '../../../main/proof/cluster-under-load.ts';

it('has requests, crashes and starts, and names each datagram at both ends alike', () => {
  const events = [...clusterUnderLoad(60_000)].flat();
  expect(events.length).toBeGreaterThanOrEqual(60_000);
  const types = new Set(events.map(({ type }) => type));
  for (const type of ['request-answered', 'node-ended', 'node-launched', 'election-started'] as const)
    expect(types).toContain(type);
  const sent = new Set(events.flatMap((event) => (event.type === 'datagram-sent' ? [event.uuid] : [])));
  const received = events.flatMap((event) => (event.type === 'datagram-received' ? [event.uuid] : []));
  expect(received.filter((uuid) => !sent.has(uuid))).toEqual([]);
  expect(sent.size).toBeGreaterThan(1_000);
});
