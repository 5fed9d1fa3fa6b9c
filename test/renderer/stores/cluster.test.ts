// @vitest-environment happy-dom
import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, describe, expect, it } from 'vitest';
import { useClusterStore } from '../../../renderer/stores/cluster.ts';
import { emptySnapshot } from '../../support/page-door.ts';
import { EventStory } from '../../support/event-story.ts';

beforeEach(() => setActivePinia(createPinia()));

describe('the cluster store', () => {
  it('follows the stream', () => {
    const cluster = useClusterStore();
    expect(cluster.isRunning).toBe(false);
    cluster.take(new EventStory().cluster(3).elect(1, 4, 3).events, 0);
    expect(cluster.isRunning).toBe(true);
    expect(cluster.leader).toMatchObject({ id: 1, term: 4 });
    expect(cluster.nodeById(2)?.leaderId).toBe(1);
  });

  it('goes on from a snapshot and counts what was missed for good', () => {
    const cluster = useClusterStore();
    const story = new EventStory().cluster(2);
    const sent = { type: 'datagram-sent', to: 1, datagram: 1, uuid: 'u', bytes: 9 } as const;
    story.tell(0, { ...sent, message: { kind: 'request-vote', round: 1 } });
    cluster.take(story.events, 0);
    expect(cluster.currentFlights().list).toHaveLength(1);
    cluster.reset(emptySnapshot, 12);
    cluster.reset({ ...emptySnapshot, recentEvents: story.events.slice(0, 3) }, 5);
    expect(cluster.missedEvents).toBe(14);
    cluster.reset({ ...emptySnapshot, recentEvents: story.events.slice(0, 3) }, 3);
    expect(cluster.missedEvents).toBe(14);
    expect(cluster.nodes).toEqual([]);
    expect(cluster.currentFlights().list).toEqual([]);
  });
});
