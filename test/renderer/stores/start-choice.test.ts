// @vitest-environment happy-dom
import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, describe, expect, it } from 'vitest';
import { nextTick } from 'vue';
import { defaultChoice, otherSeed, startCommand, useStartChoiceStore } from '../../../renderer/stores/start-choice.ts';
import { describeCommandProblem } from '../../../shared/command.ts';
import { paperTimings } from '../../../shared/cluster-config.ts';

beforeEach(() => {
  localStorage.clear();
  setActivePinia(createPinia());
});

describe('the choice of a start', () => {
  it('lasts', async () => {
    useStartChoiceStore().choice = { ...defaultChoice, nodes: 7, voters: 5 };
    await nextTick();
    setActivePinia(createPinia());
    expect(useStartChoiceStore().choice).toMatchObject({ nodes: 7, voters: 5 });
  });

  it('bears whatever the browser has kept', () => {
    for (const held of ['7', '{"nodes":4000}', JSON.stringify({ ...defaultChoice, rulesOff: ['no-rule'] })]) {
      localStorage.setItem('raft-lab.start', held);
      setActivePinia(createPinia());
      expect(useStartChoiceStore().choice).toEqual(defaultChoice);
    }
  });

  it('becomes a command that says only what is out of the ordinary', () => {
    expect(startCommand(defaultChoice)).toEqual({ type: 'start-cluster', nodes: 3, timings: paperTimings });
    const command = startCommand(
      { ...defaultChoice, nodes: 5, preset: 'lecture', rulesOff: ['pre-vote'], snapshotEveryEntries: 9 },
      true,
    );
    expect(command).toMatchObject({ fresh: true, voters: 3, rulesOff: ['pre-vote'], snapshotEveryEntries: 9 });
    expect(command.networkDelay?.maxMs).toBeGreaterThan(100);
    expect(describeCommandProblem(command)).toBeUndefined();
  });

  it('names the seed of a simulated world, and no times but those in force', () => {
    const command = startCommand(
      { ...defaultChoice, world: 'simulated', seed: 42, delay: { minMs: 1, maxMs: 2 } },
      true,
    );
    expect(command).toEqual({ type: 'start-cluster', nodes: 3, timings: paperTimings, world: 'simulated', seed: 42 });
    expect(startCommand({ ...defaultChoice, preset: 'custom', delay: { minMs: 1, maxMs: 2 } })).toMatchObject({
      networkDelay: { minMs: 1, maxMs: 2 },
    });
  });

  it('draws seeds that can be said aloud', () => {
    for (let draws = 0; draws < 100; draws++) {
      const seed = otherSeed();
      expect(Number.isInteger(seed) && seed >= 1 && seed <= 99_999).toBe(true);
    }
  });
});
