import { expect, it } from 'vitest';
import { limits } from '../../../shared/cluster-config.ts';
import type { ClientRequest } from '../../../shared/client-request.ts';
import { WaitingRoom } from '../../../main/node/waiting-room.ts';
import type { Waiting } from '../../../main/node/waiting-request.ts';

const request: ClientRequest = { kind: 'append', entries: [new Uint8Array()] };
const enter = (room: WaitingRoom, deadlineNs = 100): Waiting =>
  room.enter({ kind: 'client', requestId: 'a' }, request, deadlineNs);

it('gives each a ticket and queues it in order of arrival', () => {
  const room = new WaitingRoom();
  const [first, second] = [enter(room), enter(room)];
  expect(first.ticket).not.toBe(second.ticket);
  expect(room.find(second.ticket)).toBe(second);
  expect([...room.queued()]).toEqual([first, second]);
});

it('lets each leave once, and forgets it', () => {
  const room = new WaitingRoom();
  const waiting = enter(room);
  expect([room.leave(waiting), room.leave(waiting)]).toEqual([true, false]);
  expect(room.find(waiting.ticket)).toBeUndefined();
  expect([...room.all()]).toEqual([]);
  expect([...room.queued()]).toEqual([]);
});

it('keeps no place in the queue for one that has left, not even while the queue is gone through', () => {
  const room = new WaitingRoom();
  const [first, second, third] = [enter(room), enter(room), enter(room)];
  const seen: Waiting[] = [];
  for (const waiting of room.queued()) {
    seen.push(waiting);
    if (waiting === first) room.leave(second);
  }
  expect(seen).toEqual([first, third]);
  expect([...room.queued()]).toEqual([first, third]);
});

it('who is on its way waits on, but not in the queue', () => {
  const room = new WaitingRoom();
  const [first, second] = [enter(room), enter(room)];
  room.unqueue(first);
  expect([...room.queued()]).toEqual([second]);
  expect(room.find(first.ticket)).toBe(first);
});

it('queues again what came back, not before its time unless the leader changes', () => {
  const room = new WaitingRoom();
  const waiting = enter(room);
  room.unqueue(waiting);
  waiting.phase = { name: 'proposing' };
  room.queueAgain(waiting, 50);
  expect(waiting.phase).toEqual({ name: 'queued', notBeforeNs: 50 });
  room.hurryQueue();
  expect(waiting.phase).toEqual({ name: 'queued', notBeforeNs: 0 });
  expect([...room.queued()]).toEqual([waiting]);
});

it('knows when to look at the clock: at the earliest time that was asked for', () => {
  const room = new WaitingRoom();
  expect(room.nextCheckNs).toBe(Infinity);
  enter(room, 100);
  enter(room, 70);
  room.checkAt(Infinity);
  expect(room.nextCheckNs).toBe(70);
  expect(room.beginCheck(69)).toBe(false);
  expect(room.nextCheckNs).toBe(70);
  expect(room.beginCheck(70)).toBe(true);
  expect(room.nextCheckNs).toBe(Infinity);
});

it('is full at its limit and has room again when one leaves', () => {
  const room = new WaitingRoom();
  const all = Array.from({ length: limits.waitingRequestsMax }, () => enter(room));
  expect(room.whyFull()).toMatchObject({ code: 'overloaded' });
  for (const waiting of all.slice(0, 1)) room.leave(waiting);
  expect(room.whyFull()).toBeUndefined();
});
