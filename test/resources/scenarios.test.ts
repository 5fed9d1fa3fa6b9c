/** The library: every file can be read, says what it is for, and goes as it expects in the simulator. */
import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runOnSimulated } from '../../main/hosts/cli/scenario-doors.ts';
import { runTitle } from '../../main/scenario/run-text.ts';
import { scenarioOf } from '../support/scenario-story.ts';

const folder = resolve(import.meta.dirname, '../../resources/scenarios');
const files = readdirSync(folder).filter((name) => name.endsWith('.yaml'));

it('has scenarios', () => {
  expect(files).toContain('leader-crash.yaml');
});

describe.each(files)('%s', (file) => {
  const scenario = scenarioOf(readFileSync(resolve(folder, file), 'utf8'));

  it('says what it teaches, what to watch and what to expect', () => {
    for (const words of [scenario.title, scenario.teaches, scenario.watch, scenario.expected])
      expect(words.length).toBeGreaterThan(10);
    expect(scenario.rules.length).toBeGreaterThan(0);
  });

  it.each(scenario.variants)('goes as it expects in the simulator: $name', (variant) => {
    const title = runTitle(scenario, variant.name);
    const order = { title, variant, seed: variant.cluster.seed ?? 1, onEvents: () => {}, onBegin: () => {} };
    const { outcome, reason } = runOnSimulated(order).result;
    expect(outcome === 'met' ? outcome : reason).toBe('met');
  });
});
