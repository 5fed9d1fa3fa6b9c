import { describe, expect, it } from 'vitest';
import type { LabEvent } from '../../../shared/event.ts';
import { emptyClusterView, projectClusterView, type ClusterView } from '../../../shared/projection/cluster-view.ts';
import { StreamWindow, windowEventsMax } from '../../../renderer/playhead/stream-window.ts';
import { EventStory } from '../../support/event-story.ts';

const story = new EventStory().cluster(3).elect(1, 2, 3).events;

function stateAfter(events: readonly LabEvent[]): ClusterView {
  return events.reduce(projectClusterView, emptyClusterView);
}

/** A window on the story from `from` to `to`. */
function windowOn(from: number, to: number): StreamWindow {
  const window = new StreamWindow();
  window.begin(from, stateAfter(story.slice(0, from)));
  window.append(story.slice(from, to), from);
  return window;
}

describe('a window on the stream', () => {
  it('knows the state at each place that it holds', () => {
    const window = windowOn(2, 9);
    expect([window.start, window.end]).toEqual([2, 9]);
    for (const position of [9, 2, 5]) expect(window.viewAt(position)).toEqual(stateAfter(story.slice(0, position)));
    expect(window.eventAt(2)).toBe(story[2]);
    expect(window.eventAt(9)).toBeUndefined();
    expect([1, 2, 9, 10].map((position) => window.holds(position))).toEqual([false, true, true, false]);
    expect(() => window.viewAt(10)).toThrow('not held');
  });

  it('grows at its end by what follows, and by nothing that leaves a hole', () => {
    const window = windowOn(2, 5);
    window.append(story.slice(4, 8), 4);
    window.append(story.slice(9), 9);
    expect(window.end).toBe(8);
    expect(window.eventAt(7)).toBe(story[7]);
    expect(window.viewAt(8)).toEqual(stateAfter(story.slice(0, 8)));
  });

  it('grows at its start', () => {
    const window = windowOn(6, 9);
    window.viewAt(8);
    window.prepend(story.slice(3, 6), stateAfter(story.slice(0, 3)));
    expect([window.start, window.end]).toEqual([3, 9]);
    for (const position of [3, 5, 6, 9]) expect(window.viewAt(position)).toEqual(stateAfter(story.slice(0, position)));
  });

  it('begins anew', () => {
    const window = windowOn(2, 9);
    window.begin(4, stateAfter(story.slice(0, 4)));
    expect([window.start, window.end]).toEqual([4, 4]);
    expect(window.viewAt(4)).toEqual(stateAfter(story.slice(0, 4)));
  });
});

describe('a full window', () => {
  const many = (): StreamWindow => {
    const long = new EventStory().cluster(1);
    for (let index = 0; index < windowEventsMax; index += 1)
      long.tell(0, { type: 'commit-advanced', from: index, to: index + 1, term: 1, reason: '' });
    const window = new StreamWindow();
    window.begin(0, emptyClusterView);
    window.append(long.events, 0);
    return window;
  };

  it('takes no more until it has forgotten what is far', () => {
    const window = many();
    const { end } = window;
    const [event] = story;
    if (!event) throw new Error('no event');
    window.append([event], end);
    expect(window.end).toBe(end);
    window.trim(end);
    expect(window.end).toBe(end);
    expect(window.start).toBeGreaterThanOrEqual(windowEventsMax / 2);
    expect(window.viewAt(end).nodes[0]?.commitIndex).toBe(windowEventsMax);
    window.append([event], end);
    expect(window.end).toBe(end + 1);
  });

  it('forgets its end when the playhead stands near its start', () => {
    const window = many();
    window.trim(10);
    expect(window.start).toBe(0);
    expect(window.end).toBe(windowEventsMax / 2);
    expect(window.viewAt(10).nodes).toHaveLength(1);
  });
});
