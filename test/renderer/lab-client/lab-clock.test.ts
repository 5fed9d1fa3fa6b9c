import { describe, expect, it } from 'vitest';
import { createLabClock, paceAfter } from '../../../renderer/lab-client/lab-clock.ts';
import { EventStory } from '../../support/event-story.ts';

describe('the lab’s clock', () => {
  it('is 0 before the first frame', () => {
    expect(createLabClock().nowNs(123)).toBe(0);
  });

  it('believes the frame that was on its way for the shortest time', () => {
    const clock = createLabClock();
    clock.observe(1_000e6, 1_005);
    clock.observe(1_100e6, 1_100);
    clock.observe(1_200e6, 1_230);
    // The late third frame moves it by a little only.
    expect(clock.nowNs(1_300)).toBeGreaterThan(1_299e6);
    expect(clock.nowNs(1_300)).toBeLessThanOrEqual(1_300e6);
  });

  it('follows a clock that drifts away', () => {
    const clock = createLabClock();
    clock.observe(0, 0);
    for (let ms = 1; ms <= 500; ms++) clock.observe(ms * 1e6 - 50e6, ms);
    expect(Math.abs(clock.nowNs(500) - 450e6)).toBeLessThan(1e6);
  });

  it('passes at the pace of the lab', () => {
    const clock = createLabClock();
    clock.observe(1_000e6, 0, 0.5);
    expect(clock.nowNs(100)).toBe(1_050e6);
    clock.observe(1_060e6, 100, 20);
    expect(clock.nowNs(110)).toBe(1_260e6);
  });

  it('stands still where the lab is held, and goes on from there', () => {
    const clock = createLabClock();
    clock.observe(1_000e6, 0);
    clock.observe(1_090e6, 100, 0);
    expect(clock.nowNs(60_000)).toBe(1_090e6);
    clock.observe(1_095e6, 60_000);
    expect(clock.nowNs(61_000)).toBe(1_095e6);
    clock.observe(1_095e6, 61_000, 1);
    expect(clock.nowNs(61_010)).toBe(1_105e6);
  });

  it('does not run far ahead of a machine that can’t keep the pace', () => {
    const clock = createLabClock();
    clock.observe(0, 0, 10);
    for (let ms = 16; ms <= 4_800; ms += 16) clock.observe(ms * 3e6, ms);
    expect(clock.nowNs(4_800) - 4_800 * 3e6).toBeLessThan(600e6);
  });

  it('begins anew with another stream, and not with the same one', () => {
    const clock = createLabClock();
    clock.begin({ session: 'a', nowNs: 900e6, view: { pace: 1 } }, 0);
    clock.begin({ session: 'a', nowNs: 800e6, view: { pace: 1 } }, 0);
    expect(clock.nowNs(0)).toBe(898e6);
    clock.begin({ session: 'b', nowNs: 1e6, view: { pace: 0 } }, 0);
    expect(clock.nowNs(50)).toBe(1e6);
  });
});

it('the pace is that of the last event that speaks of it', () => {
  const story = new EventStory().cluster(1);
  expect(paceAfter(story.events)).toBeUndefined();
  story.lab({ type: 'pace-changed', speed: 2 });
  story.lab({ type: 'pace-changed', speed: 0 });
  story.lab({ type: 'cluster-stopped', reason: '' });
  expect(paceAfter(story.events)).toBe(0);
});
