/** The life of a page at the bridge. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Bridge } from '../../../main/bridge/bridge.ts';
import { realWorld } from '../../../main/bridge/real-world.ts';
import { pack } from '../../../main/session/pack.ts';
import { packedAnswer } from '../../../main/session/packed-result.ts';
import { bridgeProtocol } from '../../../shared/bridge.ts';
import { limits } from '../../../shared/cluster-config.ts';
import type { LabEvent } from '../../../shared/event.ts';
import { projectClusterView } from '../../../shared/projection/cluster-view.ts';
import { fail, succeed } from '../../../shared/result.ts';
import { framePipe } from '../../support/frame-pipe.ts';
import { TestBridge, upTo } from '../../support/test-bridge.ts';
import { TestPage } from '../../support/test-page.ts';

let test: TestBridge;

beforeEach(() => {
  test = new TestBridge();
});

afterEach(() => test.close());

function sequencesOf(events: readonly LabEvent[]): number[] {
  return events.map((event) => event.sequence);
}

describe('greeting', () => {
  it('welcomes a page with version, protocol and all that happened so far', async () => {
    test.report(3);
    const page = test.openPage();
    const welcome = await page.greet();
    expect(welcome).toMatchObject({ protocol: bridgeProtocol, version: '1.2.3' });
    expect(sequencesOf(welcome.snapshot.recentEvents)).toEqual([1, 2, 3]);
    expect(welcome.snapshot.view).toEqual(test.lab.snapshot().view);
    expect(welcome.snapshot.nowNs).toBeGreaterThan(0);
  });

  it('refuses a page of another protocol with a reason, and lets it go', async () => {
    const page = test.openPage();
    page.say({ type: 'hello', protocol: bridgeProtocol + 1 });
    const { reason } = await page.heard('refused');
    expect(reason).toContain(`version ${bridgeProtocol + 1}`);
    expect(reason).toContain('Reload the page');
    await expect.poll(() => page.closed).toBe(true);
    expect(test.bridge.pages).toBe(0);
  });

  it('tells nothing to a page that has not said hello', async () => {
    const page = test.openPage();
    const other = await test.greetedPage();
    page.say({ type: 'command', id: 1, command: { type: 'heal-all' } });
    test.report(1);
    await other.heard('events');
    expect(page.frames).toEqual([]);
    await page.greet();
  });
});

describe('queries', () => {
  it('are answered with the bytes that the store packed', async () => {
    const packed = pack(succeed({ landmarks: [], leftOut: 3 }));
    const [near, far] = framePipe();
    const world = realWorld(test.lab, test.stream, () => ({
      query: (query) => Promise.resolve(packedAnswer(packed, query)),
      close: () => Promise.resolve(),
    }));
    new Bridge({ ...world, onReplaced: () => () => {} }, '1').connect(near);
    const page = new TestPage(far);
    await page.greet();
    page.say({ type: 'query', id: 9, query: { type: 'landmarks', fromNs: 0, toNs: 1, max: 1 } });
    const answer = await page.heard('packed-answer');
    expect([answer.id, ...answer.packed]).toEqual([9, ...packed]);
  });
});

describe('commands', () => {
  it('are carried out and answered by their number', async () => {
    const page = await test.greetedPage();
    page.say({ type: 'command', id: 5, command: { type: 'append', node: 0, entries: ['x'] } });
    page.say({ type: 'command', id: 6, command: { type: 'heal-all' } });
    const answers = [await page.heard('answer', 1), await page.heard('answer', 2)];
    expect(new Set(answers.map(({ id }) => id))).toEqual(new Set([5, 6]));
    for (const { result } of answers) expect(result).toMatchObject({ ok: false, failure: { code: 'not-running' } });
    const { events } = await page.heard('events');
    expect(events.map((event) => event.type)).toEqual(['command-refused', 'command-refused']);
  });

  it('that make no sense are answered when they have a number', async () => {
    const page = await test.greetedPage();
    page.say({ type: 'command', id: 9, command: { type: 'start-cluster', nodes: 0 } });
    const { id, result } = await page.heard('answer');
    expect(id).toBe(9);
    expect(result).toMatchObject({
      failure: { code: 'invalid', message: expect.stringContaining('command.nodes') as unknown },
    });
  });

  it('beyond the limit of those at work are refused', async () => {
    const page = await test.greetedPage();
    const codes = (): string[] => page.of('answer').map(({ result }) => (result.ok ? '' : result.failure.code));
    page.say({ type: 'command', id: 0, command: { type: 'start-cluster', nodes: 3 } });
    // Each waits for the one before it.
    for (const id of upTo(limits.commandsInFlightMax + 4))
      page.say({ type: 'command', id, command: { type: 'stop-cluster' } });
    await page.heard('answer', 5);
    expect(codes()).toEqual(upTo(5).map(() => 'overloaded'));
    test.portLook.resolve(fail('unusable', 'No port is free.'));
    await page.heard('answer', limits.commandsInFlightMax + 5);
    expect(new Set(codes().slice(5))).toEqual(new Set(['unusable', 'not-running']));
  });
});

describe('frames that make no sense', () => {
  it('are counted and change nothing', async () => {
    const page = await test.greetedPage();
    page.sayBytes(new Uint8Array([0xc1]));
    page.sayBytes(new Uint8Array(0));
    page.sayBytes(new Uint8Array(limits.frameBytesMax + 1));
    page.say({ type: 'hello', protocol: bridgeProtocol });
    page.say({ type: 'acknowledge', frame: 99 });
    page.say({ type: 'command', id: 1, command: { type: 'heal-all' } });
    await page.heard('answer');
    expect(page.closed).toBe(false);
    expect(page.of('welcome')).toHaveLength(1);
  });

  it('close the channel when there are too many', async () => {
    const page = await test.greetedPage();
    for (const _ of upTo(limits.badFramesMax - 1)) page.sayBytes(new Uint8Array([0xc1]));
    page.say({ type: 'command', id: 1, command: { type: 'heal-all' } });
    await page.heard('answer');
    page.sayBytes(new Uint8Array([0xc1]));
    expect((await page.heard('refused')).reason).toContain(`${limits.badFramesMax} frames`);
    await expect.poll(() => page.closed).toBe(true);
    expect(test.bridge.pages).toBe(0);
  });
});

describe('a page that falls behind', () => {
  it('gets no more frames than it may owe, then a gap with a fresh snapshot once it has caught up', async () => {
    const slow = await test.greetedPage();
    const quick = await test.greetedPage();
    const frames = limits.unacknowledgedFramesMax + 4;
    for (const frame of upTo(frames)) {
      test.report(1);
      const { frame: number } = await quick.heard('events', frame);
      quick.say({ type: 'acknowledge', frame: number });
    }
    expect(slow.of('events')).toHaveLength(limits.unacknowledgedFramesMax);
    expect(quick.of('gap')).toEqual([]);

    const last = slow.of('events').at(-1)?.frame ?? -1;
    slow.say({ type: 'acknowledge', frame: last - 1 });
    slow.say({ type: 'acknowledge', frame: last });
    const gap = await slow.heard('gap');
    expect(gap.missed).toBe(4);
    expect(sequencesOf(gap.snapshot.recentEvents)).toEqual(upTo(frames));
    expect(gap.snapshot.view).toEqual(test.lab.snapshot().view);

    test.report(1);
    const next = await slow.heard('events', limits.unacknowledgedFramesMax + 1);
    expect(sequencesOf(next.events)).toEqual([frames + 1]);
    slow.say({ type: 'acknowledge', frame: next.frame });
    expect(slow.of('gap')).toHaveLength(1);
  });

  it('still gets answers', async () => {
    const slow = await test.greetedPage();
    const quick = await test.greetedPage();
    for (const frame of upTo(limits.unacknowledgedFramesMax + 2)) {
      test.report(1);
      const { frame: number } = await quick.heard('events', frame);
      quick.say({ type: 'acknowledge', frame: number });
    }
    slow.say({ type: 'command', id: 1, command: { type: 'heal-all' } });
    expect((await slow.heard('answer')).id).toBe(1);
  });

  it('counts every event once: seen, or missed', async () => {
    const page = test.openPage();
    const { snapshot } = await page.greet();
    let view = snapshot.view;
    let taken = 0;
    const take = (): void => {
      for (const frame of page.frames.splice(0)) {
        if (frame.type === 'events') {
          for (const event of frame.events) view = projectClusterView(view, event);
          taken += frame.events.length;
        } else if (frame.type === 'gap') {
          ({ view } = frame.snapshot);
          taken += frame.missed;
        } else continue;
        page.say({ type: 'acknowledge', frame: frame.frame });
      }
    };
    const total = limits.eventsPerFrameMax * (limits.unacknowledgedFramesMax + 3);
    test.report(total);
    await expect
      .poll(
        () => {
          take();
          return taken;
        },
        { interval: 1 },
      )
      .toBe(total);
    expect(view).toEqual(test.lab.snapshot().view);
  });
});
