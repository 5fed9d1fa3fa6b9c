/** Real and simulated worlds, one in the place of the other. The real one is a lab whose clusters wait for a free port. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { KeepStream } from '../../../main/bridge/open-world.ts';
import { realWorld } from '../../../main/bridge/real-world.ts';
import { openSimWorld, type SimWorld } from '../../../main/bridge/sim-world.ts';
import { WorldSwitch } from '../../../main/bridge/world-switch.ts';
import { EventStream } from '../../../main/lab/event-stream.ts';
import { Lab } from '../../../main/lab/lab.ts';
import { paperTimings } from '../../../shared/cluster-config.ts';
import type { LabEvent } from '../../../shared/event.ts';
import { fail } from '../../../shared/result.ts';
import { until } from '../../support/until.ts';

let folder: string;
let world: WorldSwitch;
let simulated: SimWorld[];
let opened: string[];
let kept: { session: string; events: LabEvent[]; isClosed: boolean }[];
let events: LabEvent[];

const keep: KeepStream = (stream) => {
  const one = { session: stream.snapshot().session, events: [] as LabEvent[], isClosed: false };
  kept.push(one);
  stream.subscribe((some) => one.events.push(...some));
  return {
    query: () => Promise.resolve(fail('invalid', `asked of ${kept.indexOf(one)}`)),
    close() {
      one.isClosed = true;
      return Promise.resolve();
    },
  };
};

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'raft-lab-worlds-'));
  [simulated, opened, kept, events] = [[], [], [], []];
  world = new WorldSwitch({
    openReal() {
      opened.push('real');
      const stream = new EventStream();
      const settings = { folder, basePort: 1, timings: paperTimings };
      const findPortBlock = () => Promise.resolve(fail('unusable', 'No port is free.'));
      return realWorld(new Lab({ ...settings, findPortBlock }, stream), stream, keep);
    },
    openSimulated(seed) {
      opened.push(`seed ${seed}`);
      const one = openSimWorld({ seed, keep });
      simulated.push(one);
      return one;
    },
    drawSeed: () => 4,
  });
  world.subscribe((some) => events.push(...some));
});

afterEach(async () => {
  await world.close();
  rmSync(folder, { recursive: true, force: true });
});

const start = { type: 'start-cluster', nodes: 3, world: 'simulated' } as const;

describe('the world that pages look at', () => {
  it('is a real one at first', () => {
    expect(opened).toEqual(['real']);
    expect(world.snapshot()).toMatchObject({ position: 0, view: { status: 'none', world: 'real', pace: 1 } });
  });

  it('is another one, from its beginning, once a cluster was started there', async () => {
    const replaced: (string | number)[] = [];
    world.onReplaced(() => replaced.push(world.snapshot().session, world.position));
    const former = world.snapshot().session;
    expect(await world.execute(start)).toMatchObject({ ok: true });
    expect(opened).toEqual(['real', 'seed 4']);
    expect(world.snapshot()).toMatchObject({ view: { status: 'running', world: 'simulated', seed: 4 } });
    expect(replaced).toEqual([world.snapshot().session, world.snapshot().recentEvents.length]);
    expect(replaced[0]).not.toBe(former);
  });

  it('plays, and its subscribers follow it from there on', async () => {
    await world.execute(start);
    const { position } = world;
    await until(() => events.some(({ type }) => type === 'election-started'), 'an election');
    await world.execute({ type: 'set-pace', speed: 0 });
    expect(world.position).toBe(position + events.length);
    expect(world.snapshot().recentEvents.slice(position)).toEqual(events);
    expect(world.nowNs()).toBe(events.at(-1)?.timeNs);
    expect(await world.execute({ type: 'step-world' })).toMatchObject({
      ok: true,
      value: { events: expect.any(Number) },
    });
  });

  it('goes on with another cluster, or begins anew where a seed or a fresh one is asked for', async () => {
    await world.execute(start);
    const { session } = world.snapshot();
    await world.execute({ ...start, nodes: 5 });
    expect([world.snapshot().session, world.snapshot().view.nodes.length]).toEqual([session, 5]);
    await world.execute({ ...start, seed: 7 });
    expect(world.snapshot().view.seed).toBe(7);
    await world.execute({ ...start, fresh: true });
    expect(opened).toEqual(['real', 'seed 4', 'seed 7', 'seed 4']);
  });

  it('stays where the other one did not begin', async () => {
    const timings = { electionTimeoutMinMs: 5, electionTimeoutMaxMs: 4, heartbeatIntervalMs: 1 };
    expect(await world.execute({ ...start, timings })).toMatchObject({ failure: { code: 'invalid' } });
    expect(world.snapshot().view.world).toBe('real');
    await world.execute(start);
    expect(await world.execute({ type: 'start-cluster', nodes: 3 })).toMatchObject({ failure: { code: 'unusable' } });
    expect(world.snapshot().view).toMatchObject({ world: 'simulated', status: 'running' });
    await until(() => kept.filter(({ isClosed }) => isClosed).length === 3, 'the end of those that are not looked at');
    expect(kept.map(({ isClosed }) => isClosed)).toEqual([true, true, false, true]);
  });

  it('refuses to change time where it is real', async () => {
    expect(await world.execute({ type: 'set-pace', speed: 2 })).toMatchObject({ failure: { code: 'invalid' } });
    expect(await world.execute({ type: 'step-world' })).toMatchObject({ failure: { code: 'invalid' } });
  });

  it('answers what waits when it is closed', async () => {
    await world.execute(start);
    await world.execute({ type: 'set-pace', speed: 0 });
    const answer = world.execute({ type: 'append', node: 0, entries: ['never'] });
    await world.execute({ ...start, seed: 9 });
    expect(await answer).toMatchObject({ failure: { code: 'timed-out' } });
  });

  it('opens nothing any more once it is closed', async () => {
    await world.close();
    expect(await world.execute(start)).toMatchObject({ failure: { code: 'not-running' } });
    expect(opened).toEqual(['real']);
  });
});

describe('queries', () => {
  it('are for whoever keeps the stream of this world, from its first event on', async () => {
    expect(await world.query({ type: 'bounds' })).toMatchObject({ failure: { message: 'asked of 0' } });
    await world.execute(start);
    expect(await world.query({ type: 'bounds' })).toMatchObject({ failure: { message: 'asked of 1' } });
    expect(kept[1]?.session).toBe(world.snapshot().session);
    expect(kept[1]?.events.slice(0, world.position)).toEqual(world.snapshot().recentEvents);
  });

  it('for an entry are for the server that holds it, and leave no trace', async () => {
    await world.execute(start);
    await until(() => world.snapshot().view.nodes.some(({ lastIndex }) => lastIndex > 0), 'a first entry');
    await world.execute({ type: 'set-pace', speed: 0 });
    const { position, view } = world.snapshot();
    const node = view.nodes.findIndex(({ lastIndex }) => lastIndex > 0);
    const entry = await world.query({ type: 'entry-bytes', node, index: 1 });
    expect(entry).toEqual({ ok: true, value: { term: 1, kind: 'noop', payload: new Uint8Array() } });
    expect(await world.query({ type: 'entry-bytes', node, index: 2 })).toMatchObject({ failure: { code: 'invalid' } });
    expect(world.position).toBe(position);
  });
});

describe('a scenario', () => {
  const text = 'title: S\ncluster: { nodes: 1 }\nsteps:\n  - when: leader elected\n';

  it('runs in the simulated world, and can be saved from there', async () => {
    await world.execute({ type: 'run-scenario', text, world: 'simulated', seed: 3 });
    await until(() => events.some(({ type }) => type === 'scenario-ended'), 'its end');
    expect(events.find(({ type }) => type === 'scenario-ended')).toMatchObject({ outcome: 'met' });
    expect(world.snapshot().view).toMatchObject({ world: 'simulated', seed: 3 });
    const saved = await world.execute({ type: 'save-scenario', title: 'Saved' });
    expect(saved).toMatchObject({ ok: true, value: { text: expect.stringContaining('title: Saved') } });
  });

  it('that can not be read leaves the world that is there', async () => {
    const answer = await world.execute({ type: 'run-scenario', text, variant: 'none', world: 'simulated' });
    expect(answer).toMatchObject({ failure: { code: 'invalid' } });
    expect(world.snapshot().view.world).toBe('real');
  });
});

describe('a search for a seed', () => {
  it('opens the world in which it was found, and tells the one that was there', async () => {
    const { session } = world.snapshot();
    const found = await world.execute({
      type: 'find-seed',
      looking: 'violation',
      nodes: 3,
      rulesOff: ['persist-before-reply'],
    });
    expect(found).toMatchObject({ ok: true, value: { seed: 1, tried: 1 } });
    expect(world.snapshot().session).not.toBe(session);
    expect(world.snapshot().view).toMatchObject({ world: 'simulated', pace: 0 });
    const states = kept[0]?.events.map((event) => (event.type === 'search-progress' ? event.state : event.type));
    expect(states).toEqual(['searching', 'found']);
    expect(await world.execute({ type: 'stop-search' })).toMatchObject({ failure: { code: 'not-running' } });
  });
});
