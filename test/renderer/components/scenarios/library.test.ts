import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { scenarioLibrary } from '../../../../renderer/components/scenarios/library.ts';

describe('the library of scenarios', () => {
  const groups = scenarioLibrary();
  const all = groups.flatMap(({ scenarios }) => scenarios);

  it('has every file once, each in a group of its own', () => {
    const folder = join(import.meta.dirname, '../../../../resources/scenarios');
    const files = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
    expect(all.map(({ id }) => `${id}.yaml`).toSorted()).toEqual(files.toSorted());
    expect(groups.map(({ id }) => id)).not.toContain('more');
  });

  it('says of each what it shows, what to watch and what is expected', () => {
    for (const { title, teaches, watch, expected, rules, text } of all) {
      expect([title, teaches, watch, expected, text].every((words) => words.length > 10)).toBe(true);
      expect(rules.length).toBeGreaterThan(0);
    }
  });

  it('knows the runs of those that have several', () => {
    expect(all.find(({ id }) => id === 'figure-8')?.variants).toEqual(['rule on', 'rule off', 'its own entry first']);
    expect(all.find(({ id }) => id === 'first-election')?.variants).toEqual([]);
  });
});
