import { describe, expect, it } from 'vitest';
import { emptyClusterView, projectClusterView } from '../../../../shared/projection/cluster-view.ts';
import { absenceOf, cutEvidence, diskTrouble } from '../../../../shared/projection/explain/absence.ts';
import { isEvidence } from '../../../../shared/projection/explain/explanation.ts';
import { EventStory } from '../../../support/event-story.ts';

const viewOf = (story: EventStory) => story.events.reduce(projectClusterView, emptyClusterView);

describe('a node has no part in anything', () => {
  it('and why, with the event', () => {
    const story = new EventStory().cluster(4);
    story.lab({ type: 'node-ended', target: 0, cause: 'stopped', reason: '' });
    story.lab({ type: 'node-ended', target: 1, cause: 'crashed', reason: '' });
    story.lab({ type: 'node-fault', target: 2, fault: 'pause', faultRule: 'pause 2', reason: '' });
    story.lab({ type: 'node-launched', target: 1 });
    const view = viewOf(story);
    expect([0, 1, 2, 3, 9].map((id) => absenceOf(view, id)?.what.one)).toEqual([
      'has been stopped',
      'is just starting',
      'is paused',
      undefined,
      'is not here',
    ]);
    for (const id of [0, 1, 2]) {
      const [evidence] = absenceOf(view, id)?.evidence ?? [];
      expect(evidence && story.events.some((event) => isEvidence(evidence, event))).toBe(true);
    }
  });
});

it('names what is wrong with a disk', () => {
  const story = new EventStory().cluster(2);
  story.lab({ type: 'node-fault', target: 1, fault: 'slow-disk', faultRule: 'slow-disk 1', reason: '' });
  expect(diskTrouble(viewOf(story), 0)).toBeUndefined();
  expect(diskTrouble(viewOf(story), 1)?.words).toEqual({ one: 'its disk is slow', several: 'their disks are slow' });
});

it('knows the cut of a direction', () => {
  const story = new EventStory().cluster(2);
  const cut = story.lab({ type: 'link-cut', link: { from: 0, to: 1 }, faultRule: 'cut' });
  expect(isEvidence(cutEvidence(0, 1), cut)).toBe(true);
  expect(isEvidence(cutEvidence(1, 0), cut)).toBe(false);
});
