import { beforeEach, describe, expect, it } from 'vitest';
import { bridgeProtocol, type Snapshot } from '../../../shared/bridge.ts';
import type { LabEvent } from '../../../shared/event.ts';
import { succeed } from '../../../shared/result.ts';
import { createLabClient, type ConnectionState, type LabClient } from '../../../renderer/lab-client/lab-client.ts';
import { EventStory } from '../../support/event-story.ts';
import { emptySnapshot, HandTime, settled, TestDoor } from '../../support/page-door.ts';

let door: TestDoor;
let time: HandTime;
let client: LabClient;
let states: ConnectionState[];

async function connect(): Promise<void> {
  client = createLabClient(door.open, time);
  states = [];
  client.onState((state) => states.push(state));
  await settled();
}

async function goLive(snapshot?: Snapshot): Promise<void> {
  await connect();
  door.last.welcome(snapshot);
}

beforeEach(() => {
  door = new TestDoor();
  time = new HandTime();
});

describe('connecting', () => {
  it('says hello and is live when it is welcomed', async () => {
    await connect();
    expect(door.last.heard).toEqual([{ type: 'hello', protocol: bridgeProtocol }]);
    door.last.welcome();
    expect(states).toEqual([{ kind: 'connecting' }, { kind: 'live', version: '1.2.3' }]);
  });

  it('tries again, ever more slowly, while the door stays shut', async () => {
    door.shut = { final: false, reason: 'nobody there' };
    await connect();
    expect(states.at(-1)).toEqual({ kind: 'lost', reason: 'nobody there', retryAtMs: 250 });
    time.pass(250);
    expect(states.at(-1)).toMatchObject({ kind: 'lost', retryAtMs: 0 });
    await settled();
    expect(states.at(-1)).toMatchObject({ retryAtMs: 750 });
    door.shut = undefined;
    time.pass(500);
    await settled();
    door.last.welcome();
    expect(states.at(-1)?.kind).toBe('live');
  });

  it('does not try again where it is not welcome, until it is told to', async () => {
    door.shut = { final: true, reason: 'wrong token' };
    await connect();
    expect(states.at(-1)).toEqual({ kind: 'refused', reason: 'wrong token' });
    time.pass(60_000);
    expect(states.at(-1)?.kind).toBe('refused');
    door.shut = undefined;
    client.retryNow();
    await settled();
    door.last.welcome();
    expect(states.at(-1)?.kind).toBe('live');
  });

  it('refuses a lab that speaks another protocol', async () => {
    await connect();
    door.last.say({ type: 'welcome', protocol: 99, version: '9', snapshot: emptySnapshot });
    expect(states.at(-1)).toMatchObject({ kind: 'refused', reason: expect.stringContaining('99') });
    expect(door.last.isClosed).toBe(true);
  });

  it('hangs up on a lab that took the call and says nothing', async () => {
    await connect();
    time.pass(10_000);
    expect(states.at(-1)?.kind).toBe('lost');
    expect(door.last.isClosed).toBe(true);
  });

  it('hangs up on bytes that are no frame', async () => {
    await goLive();
    door.last.sayBytes(new Uint8Array([0xc1, 1, 2]));
    expect(states.at(-1)?.kind).toBe('lost');
  });

  it('does not come back once it is closed', async () => {
    await goLive();
    client.close();
    expect(door.last.isClosed).toBe(true);
    time.pass(60_000);
    await settled();
    expect(door.ends).toHaveLength(1);
  });
});

describe('commands', () => {
  it('get the answer with their number, in whatever order answers come', async () => {
    await goLive();
    const stop = client.send({ type: 'stop-node', node: 1 });
    const heal = client.send({ type: 'heal-all' });
    const [first, second] = door.last.of('command');
    expect(first?.command).toEqual({ type: 'stop-node', node: 1 });
    door.last.say({ type: 'answer', id: second?.id ?? -1, result: succeed({ healed: 4 }) });
    door.last.say({ type: 'answer', id: first?.id ?? -1, result: succeed(null) });
    expect(await heal).toEqual(succeed({ healed: 4 }));
    expect(await stop).toEqual(succeed(null));
  });

  it('carry bytes as bytes', async () => {
    await goLive();
    void client.send({ type: 'append', node: 0, entries: ['foo', new Uint8Array([0, 255])] });
    expect(door.last.of('command')[0]?.command).toMatchObject({ entries: ['foo', new Uint8Array([0, 255])] });
  });

  it('fail definitely when nothing was sent', async () => {
    await connect();
    const result = await client.send({ type: 'heal-all' });
    expect(result).toMatchObject({ ok: false, failure: { code: 'not-running' } });
    expect(door.last.of('command')).toEqual([]);
  });

  it('end with an unknown outcome when the line is lost before the answer', async () => {
    await goLive();
    const append = client.send({ type: 'append', node: 0, entries: ['foo'] });
    door.last.end();
    expect(await append).toMatchObject({ ok: false, failure: { code: 'timed-out' } });
  });
});

describe('the stream', () => {
  const story = new EventStory().cluster(2);
  let taken: (readonly LabEvent[])[];
  let resets: number[];

  beforeEach(async () => {
    taken = [];
    resets = [];
    await connect();
    client.subscribe({ reset: (_snapshot, missed) => resets.push(missed), take: (events) => taken.push(events) });
    door.last.welcome();
    time.paint();
  });

  it('comes once per animation frame, and is acknowledged only then', () => {
    door.last.events(1, story.events.slice(0, 2));
    door.last.events(2, story.events.slice(2, 3));
    expect(taken).toEqual([]);
    expect(door.last.of('acknowledge')).toEqual([]);
    time.paint();
    expect(taken).toEqual([story.events.slice(0, 3)]);
    expect(door.last.of('acknowledge').map((frame) => frame.frame)).toEqual([1, 2]);
  });

  it('begins anew after a gap, without what the snapshot already holds', () => {
    door.last.events(1, story.events.slice(0, 2));
    door.last.say({ type: 'gap', frame: 2, missed: 40, snapshot: emptySnapshot });
    door.last.events(3, story.events.slice(3, 4));
    time.paint();
    expect(resets).toEqual([0, 40]);
    expect(taken).toEqual([story.events.slice(3, 4)]);
    expect(door.last.of('acknowledge').map((frame) => frame.frame)).toEqual([1, 2, 3]);
  });

  it('drops what waited when the line is lost, and begins anew on the next one', async () => {
    door.last.events(1, story.events.slice(0, 2));
    door.last.end();
    time.paint();
    expect(taken).toEqual([]);
    time.pass(250);
    await settled();
    door.last.welcome();
    time.paint();
    expect(resets).toEqual([0, 0]);
  });
});

describe('the lab’s clock', () => {
  it('goes on between frames', async () => {
    await goLive({ ...emptySnapshot, nowNs: 5e9 });
    time.pass(20);
    expect(client.nowNs()).toBe(5e9 + 20e6);
  });

  it('passes at the pace of the world that the page is shown', async () => {
    await goLive({ ...emptySnapshot, nowNs: 5e9 });
    const held = { ...emptySnapshot, session: 'session-b', nowNs: 1e9, view: { ...emptySnapshot.view, pace: 0 } };
    door.last.say({ type: 'gap', frame: 1, missed: 0, snapshot: held });
    time.pass(20);
    expect(client.nowNs()).toBe(1e9);
    door.last.events(2, [new EventStory().lab({ type: 'pace-changed', speed: 3 })], 1e9);
    time.pass(20);
    expect(client.nowNs()).toBe(1e9 + 60e6);
  });
});
