import { afterEach, expect, it } from 'vitest';
import { openSimWorld, type SimWorld } from '../../../main/bridge/sim-world.ts';
import type { LabEvent } from '../../../shared/event.ts';
import { until } from '../../support/until.ts';

const worlds: SimWorld[] = [];

afterEach(() => Promise.all(worlds.splice(0).map((world) => world.close())));

function open(seed = 1): SimWorld {
  const world = openSimWorld({ seed });
  worlds.push(world);
  return world;
}

it('stands still until it begins, and what it shows is a fold over its stream', async () => {
  const world = open(5);
  const events: LabEvent[] = [];
  world.subscribe((some) => {
    events.push(...some);
    expect(world.position).toBe(events.length);
  });
  await world.execute({ type: 'start-cluster', nodes: 3 });
  const { nowNs } = world.snapshot();
  expect(world.snapshot()).toMatchObject({ position: events.length, view: { seed: 5 }, recentEvents: events });
  expect(world.nowNs()).toBe(nowNs);
  world.begin();
  await until(() => world.nowNs() > nowNs, 'time to pass');
});

it('tells the same for the same seed and the same acts, whatever the pace was', async () => {
  const story = async (byHand: boolean): Promise<string[]> => {
    const world = open(5);
    const events: LabEvent[] = [];
    world.subscribe((some) => events.push(...some));
    await world.execute({ type: 'start-cluster', nodes: 3 });
    await world.execute({ type: 'set-pace', speed: byHand ? 0 : 20 });
    if (!byHand) world.begin();
    const isOver = () => events.filter(({ type }) => type === 'datagram-received').length >= 200;
    if (byHand) while (!isOver()) await world.execute({ type: 'step-world' });
    else await until(isOver, 'two hundred datagrams');
    // The lab counts its own acts, the pace among them.
    const ofNodes = events.filter(({ node }) => node >= 0);
    return ofNodes.slice(0, 500).map((event) => JSON.stringify(event));
  };
  const [played, stepped] = [await story(false), await story(true)];
  expect(stepped).toHaveLength(500);
  expect(played).toEqual(stepped);
});

it('answers how many events a step led to', async () => {
  const world = open();
  await world.execute({ type: 'start-cluster', nodes: 3 });
  const { position } = world;
  const stepped = await world.execute({ type: 'step-world' });
  // One of them says that time is held.
  expect(stepped).toEqual({ ok: true, value: { events: world.position - position - 1 } });
});
