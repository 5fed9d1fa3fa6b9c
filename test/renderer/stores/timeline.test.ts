// @vitest-environment happy-dom
import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, describe, expect, it } from 'vitest';
import { landmarkOf } from '../../../shared/projection/landmarks.ts';
import type { Query } from '../../../shared/query.ts';
import { fail, succeed, type Result } from '../../../shared/result.ts';
import { useTimelineStore } from '../../../renderer/stores/timeline.ts';
import { EventStory } from '../../support/event-story.ts';
import { labThatAnswers } from '../../support/fake-lab.ts';
import { settled } from '../../support/page-door.ts';
import { snapshotAfter } from '../../support/page-events.ts';

const { events } = new EventStory().cluster(3).elect(1, 2, 3);
const marks = events.flatMap((event, position) => landmarkOf(event, position) ?? []);

/** What the store knows of. */
let endPosition = events.length;

function answer(query: Query): Result<unknown> {
  if (query.type === 'bounds') return succeed({ startNs: 1_000, endPosition });
  if (query.type === 'landmarks') return succeed({ landmarks: marks, leftOut: 4 });
  return fail('invalid', query.type);
}

beforeEach(() => setActivePinia(createPinia()));

describe('the timeline', () => {
  it('knows what stands out in the whole session, and what has come since', async () => {
    labThatAnswers(() => succeed(null), answer);
    const timeline = useTimelineStore();
    timeline.reset(snapshotAfter(events, 0));
    const more = new EventStory().elect(2, 3, 3).events;
    timeline.take(more, 0, events.length);
    await settled();
    expect(timeline.landmarks.slice(0, marks.length)).toEqual(marks);
    expect(timeline.landmarks.at(-1)).toMatchObject({ kind: 'leader', term: 3 });
    expect(timeline.startNs).toBe(1_000);
    expect(timeline.leftOut).toBe(4);
  });

  it('shows what the page itself has seen where nothing is kept', async () => {
    labThatAnswers(() => succeed(null));
    const timeline = useTimelineStore();
    timeline.reset(snapshotAfter(events));
    await settled();
    expect(timeline.landmarks).toEqual(marks);
    expect(timeline.startNs).toBe(events[0]?.timeNs);
  });

  it('begins anew with another session', async () => {
    labThatAnswers(() => succeed(null));
    const timeline = useTimelineStore();
    timeline.reset(snapshotAfter(events));
    timeline.zoom = { fromNs: 0, toNs: 1 };
    timeline.reset({ ...snapshotAfter([]), session: 'another' });
    await settled();
    expect(timeline.landmarks).toEqual([]);
    expect(timeline.zoom).toBeNull();
    expect(timeline.startNs).toBeNull();
  });

  it('asks again rather than hold more and more', async () => {
    const lab = labThatAnswers(() => succeed(null), answer);
    const timeline = useTimelineStore();
    timeline.reset(snapshotAfter(events, 0));
    await settled();
    const asked = lab.queries.length;
    const story = new EventStory();
    for (let term = 1; term < 4_100; term += 1)
      story.tell(0, { type: 'election-started', term, votersNeeded: 2, reason: '' });
    endPosition += story.events.length;
    timeline.take(story.events, 0, events.length);
    await settled();
    expect(lab.queries.length).toBeGreaterThan(asked);
    expect(timeline.landmarks.length).toBeLessThan(200);
  });
});
