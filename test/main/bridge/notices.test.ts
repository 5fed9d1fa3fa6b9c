import { expect, it } from 'vitest';
import { Notices } from '../../../main/bridge/notices.ts';
import { paperTimings } from '../../../shared/cluster-config.ts';
import type { EventBody, LabEvent } from '../../../shared/event.ts';

function event(body: EventBody, timeMs = 0): LabEvent {
  return { node: 1, boot: 1, sequence: 1, timeNs: timeMs * 1_000_000, lamport: 1, ...body };
}

function started(nodes: number): EventBody {
  const members = Array.from({ length: nodes }, (_, id) => ({ id, address: { host: '127.0.0.1', port: 11_110 + id } }));
  return { type: 'cluster-started', clusterId: 'c', members, timings: paperTimings, folder: '/data/cluster-3' };
}

const leads: EventBody = { type: 'role-changed', from: 'candidate', to: 'leader', term: 2, reason: '' };

it('tells of the cluster and of its first leader', () => {
  const notices = new Notices();
  expect(notices.take(event(leads))).toBeUndefined();
  expect(notices.take(event(started(3), 1_000))).toBe(
    '3 nodes listen on 127.0.0.1:11110 to 11112; their logs are kept in /data/cluster-3',
  );
  expect(
    notices.take(event({ type: 'role-changed', from: 'follower', to: 'candidate', term: 2, reason: '' })),
  ).toBeUndefined();
  expect(notices.take(event(leads, 1_213))).toBe('node 1 leads term 2 after 213 ms');
  expect(notices.take(event(leads, 2_000))).toBeUndefined();
  expect(notices.take(event(started(1), 3_000))).toBe(
    '1 node listens on 127.0.0.1:11110; its log is kept in /data/cluster-3',
  );
  expect(notices.take(event(leads, 3_100))).toBe('node 1 leads term 2 after 100 ms');
});

it('tells in which world it is', () => {
  const simulated: EventBody = { ...started(5), world: 'simulated', seed: 7 } as EventBody;
  expect(new Notices().take(event(simulated))).toBe('5 nodes simulated with seed 7; time passes only for them');
});

it('expects no leader of a cluster that was stopped', () => {
  const notices = new Notices();
  notices.take(event(started(3)));
  expect(notices.take(event({ type: 'cluster-stopped', reason: '' }))).toBeUndefined();
  expect(notices.take(event(leads))).toBeUndefined();
});

it('tells of moved ports and of nodes that fail, not of those that a person ends', () => {
  const notices = new Notices();
  expect(notices.take(event({ type: 'ports-moved', wanted: 1, got: 2, reason: 'Port 1 is not free.' }))).toBe(
    'Port 1 is not free.',
  );
  expect(notices.take(event({ type: 'node-ended', target: 2, cause: 'failed', reason: 'The disk is full.' }))).toBe(
    'node 2 failed: The disk is full.',
  );
  expect(notices.take(event({ type: 'node-ended', target: 2, cause: 'crashed', reason: '' }))).toBeUndefined();
});
