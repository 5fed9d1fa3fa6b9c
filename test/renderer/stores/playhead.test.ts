// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import type { LabEvent } from '../../../shared/event.ts';
import { useConnectionStore } from '../../../renderer/stores/connection.ts';
import { pageStream, startOf } from '../../support/page-events.ts';
import { settled } from '../../support/page-door.ts';
import { PastPage } from '../../support/past-page.ts';

const ms = 1e6;

/** Node 0 of one commits an entry each 10 ms from 10 ms on; entry 30 at 300 ms. Its clock's beginning is the cluster's start. */
function commits(from = 1, to = 30): LabEvent[] {
  const stream = pageStream();
  const start = startOf(stream, 1);
  const all = Array.from({ length: to }, (_, place) => ({
    ...stream.next(0, { type: 'commit-advanced', from: place, to: place + 1, term: 1, reason: '' }),
    timeNs: (place + 1) * 10 * ms,
  }));
  return from === 1 ? [start, ...all] : all.slice(from - 1);
}
function commitOf(page: PastPage): number | undefined {
  return page.cluster.nodes[0]?.commitIndex;
}

describe('live', () => {
  it('shows the present, at the lab’s time', () => {
    const page = new PastPage(commits());
    expect(page.playhead.isLive).toBe(true);
    expect(commitOf(page)).toBe(30);
    expect(page.playhead.nowNs()).toBe(page.nowNs);
    page.come(commits(31, 32));
    expect(commitOf(page)).toBe(32);
  });
});

describe('held', () => {
  it('stands while the cluster goes on, and says by how much', async () => {
    const page = new PastPage(commits());
    page.playhead.hold();
    page.come(commits(31, 40));
    await page.pass(100);
    expect(page.playhead.mode).toEqual({ kind: 'held' });
    expect(commitOf(page)).toBe(30);
    expect(page.cluster.liveView.nodes[0]?.commitIndex).toBe(40);
    expect(page.playhead.behindNs()).toBe(100 * ms);
    page.playhead.goLive();
    expect(commitOf(page)).toBe(40);
    expect(page.playhead.behindNs()).toBe(0);
  });

  it('lets nothing be done to nodes, but the lab be asked for what is of the present', async () => {
    const page = new PastPage(commits());
    const connection = useConnectionStore();
    page.playhead.hold();
    expect(await connection.send({ type: 'crash-node', node: 0 })).toMatchObject({ failure: { code: 'refused' } });
    await connection.send({ type: 'heal-all' });
    page.playhead.goLive();
    await connection.send({ type: 'crash-node', node: 0 });
    expect(page.commands.map(({ type }) => type)).toEqual(['heal-all', 'crash-node']);
  });

  it('goes to any time, and to right behind any event', async () => {
    const page = new PastPage(commits());
    page.playhead.seek({ timeNs: 105 * ms });
    await settled();
    expect(commitOf(page)).toBe(10);
    expect(page.playhead.nowNs()).toBe(105 * ms);
    expect(page.playhead.position).toBe(11);
    page.playhead.seek({ position: 4 });
    await settled();
    expect(commitOf(page)).toBe(3);
    expect(page.playhead.shownNs).toBe(30 * ms);
    expect(page.playhead.lastEvent?.position).toBe(3);
  });

  it('goes live for a time that has not come', () => {
    const page = new PastPage(commits());
    page.playhead.hold();
    page.playhead.seek({ timeNs: page.nowNs + 1 });
    expect(page.playhead.isLive).toBe(true);
  });

  it('steps by events, both ways', async () => {
    const page = new PastPage(commits());
    await page.playhead.step(1);
    expect(page.playhead.isLive).toBe(true);
    await page.playhead.step(-1);
    expect(commitOf(page)).toBe(29);
    await page.playhead.step(-1);
    await page.playhead.step(-1);
    await page.playhead.step(1);
    expect(commitOf(page)).toBe(28);
    expect(page.playhead.shownNs).toBe(280 * ms);
    page.playhead.seek({ position: 1 });
    await settled();
    await page.playhead.step(-1);
    await page.playhead.step(-1);
    expect(page.playhead.position).toBe(0);
    expect(page.cluster.nodes).toEqual([]);
  });

  it('is live again in another session', () => {
    const page = new PastPage(commits());
    page.playhead.hold();
    page.begin('session-a', commits());
    expect(page.playhead.isLive).toBe(false);
    page.begin('session-b', commits(1, 4));
    expect(page.playhead.isLive).toBe(true);
    expect(commitOf(page)).toBe(4);
  });
});

describe('a hand that drags it', () => {
  it('asks for one place at a time, and the last one counts', async () => {
    const page = new PastPage(commits());
    page.kept.isSlow = true;
    page.playhead.setDragged(true);
    for (const at of [290, 250, 200, 120]) page.playhead.seek({ timeNs: at * ms });
    expect(page.playhead.nowNs()).toBe(120 * ms);
    expect(page.playhead.isSeeking).toBe(true);
    expect(page.kept.waiting).toHaveLength(1);
    page.kept.waiting[0]?.answer();
    await settled();
    expect(page.kept.waiting).toHaveLength(2);
    page.kept.waiting[1]?.answer();
    await settled();
    expect(commitOf(page)).toBe(12);
    expect(page.playhead.isSeeking).toBe(false);
    expect(page.queries.map(({ type }) => type)).toEqual(['view-at', 'view-at']);
    page.kept.isSlow = false;
    page.playhead.setDragged(false);
    await settled();
    expect(page.queries.length).toBeGreaterThan(2);
  });

  it('gets what is at hand at once', async () => {
    const page = new PastPage(commits());
    page.playhead.seek({ timeNs: 105 * ms });
    await settled();
    page.queries.length = 0;
    page.playhead.seek({ timeNs: 205 * ms });
    expect(commitOf(page)).toBe(20);
    expect(page.queries).toEqual([]);
  });
});

describe('playing', () => {
  it('runs forwards and becomes live where it meets the present', async () => {
    const page = new PastPage(commits());
    page.playhead.seek({ timeNs: 100 * ms });
    await settled();
    page.playhead.setSpeed(2);
    page.playhead.play(1);
    expect(page.playhead.mode).toEqual({ kind: 'playing', speed: 2 });
    await page.pass(40);
    expect(page.playhead.shownNs).toBe(180 * ms);
    expect(commitOf(page)).toBe(18);
    page.come(commits(31, 40));
    await page.pass(300);
    expect(page.playhead.isLive).toBe(true);
    expect(commitOf(page)).toBe(40);
  });

  it('runs backwards to the beginning, and stands there', async () => {
    const page = new PastPage(commits());
    page.playhead.play(-1);
    await page.pass(60);
    expect(page.playhead.mode).toEqual({ kind: 'playing', speed: -1 });
    const commit = commitOf(page) ?? 0;
    expect(commit).toBeLessThan(30);
    expect(commit).toBeGreaterThan(20);
    await page.pass(400);
    expect(page.playhead.mode).toEqual({ kind: 'held' });
    expect(page.playhead.position).toBe(0);
  });

  it('goes by states alone when it is too fast to read', async () => {
    const page = new PastPage(commits());
    page.playhead.seek({ timeNs: 10 * ms });
    await settled();
    page.queries.length = 0;
    page.playhead.setSpeed(10);
    page.playhead.play(1);
    await page.pass(20);
    expect(page.playhead.shownNs).toBe(210 * ms);
    expect(commitOf(page)).toBe(21);
    await page.pass(40);
    expect(page.playhead.isLive).toBe(true);
  });

  it('stands, and says why, when the store does not answer', async () => {
    const page = new PastPage(commits());
    page.kept.isBroken = true;
    page.playhead.play(-1);
    await page.pass(40);
    expect(page.playhead.mode).toEqual({ kind: 'held' });
    expect(page.playhead.trouble).toBe('The store has ended.');
    page.playhead.goLive();
    expect(page.playhead.trouble).toBe('');
  });
});

describe('slowed', () => {
  it('lags behind the live stream, which goes on, and lets everything be done', async () => {
    const page = new PastPage(commits());
    page.playhead.setSpeed(0.5);
    expect(page.playhead.mode).toEqual({ kind: 'slowed', speed: 0.5 });
    page.come(commits(31, 40));
    await page.pass(100);
    expect(commitOf(page)).toBe(35);
    expect(page.playhead.behindNs()).toBe(50 * ms);
    await useConnectionStore().send({ type: 'crash-node', node: 0 });
    expect(page.commands).toHaveLength(1);
    expect(page.queries.filter(({ type }) => type === 'events').every((query) => 'to' in query)).toBe(true);
    page.playhead.setSpeed(1);
    expect(page.playhead.isLive).toBe(true);
  });

  it('reads from the store what the live stream has left out', async () => {
    const page = new PastPage(commits());
    page.playhead.setSpeed(0.5);
    page.kept.events.push(...commits(31, 35));
    page.come(commits(36, 40));
    await page.pass(200);
    expect(commitOf(page)).toBe(39);
    expect(page.queries.map(({ type }) => type)).toContain('events');
  });
});

describe('steps to what is wanted', () => {
  it('find it in the store, both ways, and stand right behind it', async () => {
    const stream = pageStream();
    const role = (to: 'leader' | 'follower') =>
      stream.next(0, { type: 'role-changed', from: 'candidate', to, term: 3, reason: '' });
    const events = [startOf(stream, 1), role('leader'), role('follower'), ...stream.applied(0, 3), role('leader')];
    events.push(...stream.applied(0, 1));
    const page = new PastPage(events);
    const leader = { kind: 'landmark', landmark: 'leader' } as const;
    expect((await page.playhead.stepTo(leader, 'backwards'))?.position).toBe(6);
    expect(page.playhead.isLive).toBe(false);
    await settled();
    expect((await page.playhead.stepTo(leader, 'backwards'))?.position).toBe(1);
    await settled();
    expect(page.cluster.nodes[0]?.role).toBe('leader');
    expect(await page.playhead.stepTo(leader, 'backwards')).toBeNull();
    expect((await page.playhead.stepTo(leader, 'forwards'))?.position).toBe(6);
    expect((await page.playhead.stepTo({ kind: 'node', node: 0 }, 'backwards'))?.position).toBe(5);
    expect(await page.playhead.stepTo({ kind: 'error' }, 'backwards')).toBeNull();
  });
});
