import { describe, expect, it } from 'vitest';
import { machineTime, type WallTime } from '../../../../main/sim/lab/pace-driver.ts';
import { SeedSearch, type SearchOrder, type SearchState } from '../../../../main/sim/search/seed-search.ts';

const order: SearchOrder = { looking: 'split-vote', nodes: 4, from: 1, seedsMax: 1_000 };

/** Each look at the clock takes so long that every slice is over at once. */
function hastyTime(): WallTime & { rests: number } {
  let looks = 0;
  const time = {
    rests: 0,
    nowMs(): number {
      looks += 1;
      return looks * 10;
    },
    after(_delayMs: number, run: () => void): () => void {
      time.rests += 1;
      queueMicrotask(run);
      return () => {};
    },
  };
  return time;
}

describe('a search', () => {
  it('finds the first seed that shows it, and the same each time', async () => {
    const search = new SeedSearch(order, machineTime, () => {});
    const found = await search.run();
    if (!found.ok) throw new Error(found.failure.message);
    expect(search.state).toEqual({ seed: found.value, tried: found.value });
    const again = new SeedSearch({ ...order, from: found.value }, machineTime, () => {});
    expect(await again.run()).toEqual(found);
    expect(again.state.tried).toBe(1);
  });

  it('says that none shows it, and how far it has come', async () => {
    const told: SearchState[] = [];
    const time = hastyTime();
    const none: SearchOrder = { looking: 'violation', nodes: 1, rulesOff: ['pre-vote'], from: 5, seedsMax: 3 };
    const search = new SeedSearch(none, time, (state) => told.push(state));
    expect(await search.run()).toMatchObject({
      failure: { code: 'refused', message: expect.stringMatching(/^None of 3 seeds/) },
    });
    expect(search.state).toEqual({ seed: 7, tried: 3 });
    expect(time.rests).toBeGreaterThan(3);
    expect(told.at(-1)).toMatchObject({ tried: expect.any(Number) });
  });

  it('can be stopped', async () => {
    const search = new SeedSearch({ ...order, nodes: 1 }, hastyTime(), ({ tried }) => {
      if (tried >= 2) search.stop();
    });
    expect(await search.run()).toMatchObject({ failure: { code: 'not-running', message: 'The search was stopped.' } });
    expect(search.state.tried).toBeLessThan(100);
  });
});
