import { afterEach, describe, expect, it, vi } from 'vitest';
import { createIntake } from '../../../renderer/lab-client/intake.ts';
import { EventStory } from '../../support/event-story.ts';
import { HandTime } from '../../support/page-door.ts';

afterEach(() => vi.unstubAllGlobals());

describe('what waits for the next frame', () => {
  const { events } = new EventStory().cluster(1);

  it('reaches the others when one subscriber fails, and is acknowledged', () => {
    const reported: unknown[] = [];
    vi.stubGlobal('reportError', (error: unknown) => reported.push(error));
    const time = new HandTime();
    const acknowledged: number[] = [];
    const intake = createIntake(
      time,
      () => 7,
      (frame) => acknowledged.push(frame),
    );
    const failure = new Error('a bug in one pane');
    intake.subscribe({
      reset: () => {},
      take: () => {
        throw failure;
      },
    });
    const times: number[] = [];
    intake.subscribe({ reset: () => {}, take: (_events, nowNs) => times.push(nowNs) });
    intake.push({ kind: 'events', position: 0, events, frame: 1 });
    time.paint();
    expect(times).toEqual([7]);
    expect(reported).toEqual([failure]);
    expect(acknowledged).toEqual([1]);
  });

  it('no longer reaches who has left', () => {
    const time = new HandTime();
    const intake = createIntake(
      time,
      () => 0,
      () => {},
    );
    let count = 0;
    const leave = intake.subscribe({ reset: () => {}, take: () => (count += 1) });
    leave();
    intake.push({ kind: 'events', position: 0, events, frame: 1 });
    time.paint();
    expect(count).toBe(0);
  });
});
