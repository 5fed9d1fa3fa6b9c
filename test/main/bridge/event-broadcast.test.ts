/** How the stream is cut into frames. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { limits } from '../../../shared/cluster-config.ts';
import type { LabEvent } from '../../../shared/event.ts';
import { EventBroadcast } from '../../../main/bridge/event-broadcast.ts';
import { TestBridge, upTo } from '../../support/test-bridge.ts';

let test: TestBridge;

beforeEach(() => {
  test = new TestBridge();
});

afterEach(() => test.close());

function sequencesOf(events: readonly LabEvent[]): number[] {
  return events.map((event) => event.sequence);
}

describe('events', () => {
  it('come in batches, in order, to every page alike and without a seam to the snapshot', async () => {
    const pages = [test.openPage(), test.openPage()];
    test.report(2);
    await pages[0]?.greet();
    test.report(2);
    await pages[1]?.greet();
    test.report(2);
    for (const page of pages) {
      const last = 6;
      const seen = (): number[] => [
        ...page.of('welcome').flatMap(({ snapshot }) => sequencesOf(snapshot.recentEvents)),
        ...page.of('events').flatMap(({ events }) => sequencesOf(events)),
      ];
      await expect.poll(seen).toEqual(upTo(last));
    }
  });

  it('of a burst are cut into frames of the largest size', async () => {
    const page = await test.greetedPage();
    test.report(limits.eventsPerFrameMax + 1);
    const first = await page.heard('events', 1);
    const second = await page.heard('events', 2);
    expect(first.events).toHaveLength(limits.eventsPerFrameMax);
    expect(second.events).toHaveLength(1);
    expect(second.frame).toBeGreaterThan(first.frame);
  });

  it('stop coming to a page that has gone', async () => {
    const page = await test.greetedPage();
    page.close();
    await expect.poll(() => test.bridge.pages).toBe(0);
    test.report(1);
    await test.greetedPage();
    expect(page.of('events')).toEqual([]);
  });

  it('are encoded once for all who get them, and not at all for nobody', async () => {
    const broadcast = new EventBroadcast(test.lab);
    test.report(3);
    const taken: { readonly frame: number; readonly bytes: Uint8Array; readonly count: number }[] = [];
    for (let receiver = 0; receiver < 2; receiver += 1) {
      broadcast.add({ takeEvents: (frame, bytes, count) => taken.push({ frame, bytes, count }) });
    }
    test.report(2);
    expect(taken).toEqual([]);
    await expect.poll(() => taken).toHaveLength(2);
    broadcast.close();
    expect(taken.map(({ frame, count }) => [frame, count])).toEqual([
      [1, 2],
      [1, 2],
    ]);
    expect(taken[0]?.bytes).toBe(taken[1]?.bytes);
  });
});
