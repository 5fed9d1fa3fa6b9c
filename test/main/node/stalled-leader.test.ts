import { expect, it } from 'vitest';
import { nanosecondsPerMillisecond } from '../../../shared/duration.ts';
import { VirtualCluster } from '../../support/node-virtual-cluster.ts';

it('answers what the turn itself has committed, although its deadline has passed meanwhile', () => {
  const cluster = new VirtualCluster(3);
  const leader = cluster.elect();
  cluster.world.runFor(200);
  const timeoutMs = 300;
  const deadlineNs = cluster.world.nowNs + timeoutMs * nanosecondsPerMillisecond;
  const asked = cluster.append(leader.id, 'foo', timeoutMs);
  // As after a stall of the leader: the acknowledgements and the deadline are there in one turn.
  cluster.route = ({ to, message }) =>
    to === leader.id && message.kind === 'append-entries-reply'
      ? [Math.max(0, deadlineNs - cluster.world.nowNs)]
      : [nanosecondsPerMillisecond / 2];
  cluster.world.runFor(1_000);
  expect(asked.results).toMatchObject([{ ok: true, value: { kind: 'append' } }]);
});
