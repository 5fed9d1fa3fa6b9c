import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SeedFinder } from '../../../main/bridge/seed-finder.ts';
import { openSimWorld, type SimWorld } from '../../../main/bridge/sim-world.ts';
import type { BenchEvent } from '../../../shared/event.ts';
import { fail, succeed } from '../../../shared/result.ts';

let told: BenchEvent[];
let shown: SimWorld[];
let opened: SimWorld[];

beforeEach(() => {
  [told, shown, opened] = [[], [], []];
});

afterEach(() => Promise.all(opened.map((world) => world.close())));

function finder(
  show = (world: SimWorld) => Promise.resolve(shown.push(world) > 0 ? succeed(null) : fail('internal', '')),
) {
  return new SeedFinder({
    tell: (event) => told.push(event),
    open(seed) {
      const world = openSimWorld({ seed });
      opened.push(world);
      return world;
    },
    show,
  });
}

const violation = { type: 'find-seed', looking: 'violation', nodes: 3, rulesOff: ['persist-before-reply'] } as const;
const states = () => told.map((event) => (event.type === 'search-progress' ? event.state : event.type));

describe('a seed that is looked for', () => {
  it('is shown in a world of its own, held right behind the event', async () => {
    const found = await finder().find({ ...violation, rulesOff: [...violation.rulesOff] });
    if (!found.ok) throw new Error(found.failure.message);
    const { position, timeNs, seed, tried, found: sentence } = found.value;
    expect([seed, tried]).toEqual([1, 1]);
    expect(shown).toEqual(opened);
    const [world] = shown;
    const snapshot = world?.snapshot();
    expect(snapshot?.recentEvents[position]).toMatchObject({ type: 'violation-found', sentence, timeNs });
    expect(snapshot?.view).toMatchObject({ world: 'simulated', seed, pace: 0, search: null });
    expect(snapshot?.nowNs).toBe(timeNs);
    expect(states()).toEqual(['searching', 'found']);
  });

  it('is not found where it is stopped, and another one can be looked for', async () => {
    const one = finder();
    const never = one.find({ type: 'find-seed', looking: 'violation', nodes: 1, rulesOff: ['pre-vote'] });
    expect(await one.find({ type: 'find-seed', looking: 'split-vote', nodes: 4 })).toMatchObject({
      failure: { code: 'invalid', message: expect.stringContaining('under way') },
    });
    expect(one.stop()).toEqual(succeed(null));
    expect(await never).toMatchObject({ failure: { code: 'not-running' } });
    expect(states().at(-1)).toBe('stopped');
    expect(one.stop()).toMatchObject({ failure: { code: 'not-running' } });
    expect(await one.find({ type: 'find-seed', looking: 'split-vote', nodes: 4 })).toMatchObject({ ok: true });
  });

  it('says that none of so many shows it', async () => {
    const order = {
      type: 'find-seed',
      looking: 'violation',
      nodes: 1,
      rulesOff: ['pre-vote'],
      seedsMax: 1,
      from: 9,
    } as const;
    expect(await finder().find({ ...order, rulesOff: ['pre-vote'] })).toMatchObject({
      failure: { code: 'refused' },
    });
    expect(told.at(-1)).toMatchObject({ state: 'not-found', seed: 9, tried: 1, seedsMax: 1 });
  });

  it.each([
    [{ looking: 'violation', nodes: 3 }, 'Turn one off'],
    [{ looking: 'split-vote', nodes: 1 }, 'Ask for more'],
    [{ looking: 'two-leaders', nodes: 1 }, 'Ask for more'],
    [
      {
        looking: 'split-vote',
        nodes: 3,
        timings: { electionTimeoutMinMs: 5, electionTimeoutMaxMs: 4, heartbeatIntervalMs: 1 },
      },
      'electionTimeoutMaxMs',
    ],
  ] as const)('is refused where it makes no sense: %j', async (order, words) => {
    const refused = await finder().find({ type: 'find-seed', ...order });
    expect(refused).toMatchObject({ failure: { code: 'invalid', message: expect.stringContaining(words) } });
    expect(told).toEqual([]);
  });

  it('is not shown where everything closes meanwhile', async () => {
    const closed = finder(() => Promise.resolve(fail('not-running', 'The lab is closing.')));
    expect(await closed.find({ ...violation, rulesOff: ['persist-before-reply'] })).toMatchObject({
      failure: { message: 'The lab is closing.' },
    });
  });
});
