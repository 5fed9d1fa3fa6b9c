import { describe, expect, it } from 'vitest';
import { figure8 } from '../../../../main/sim/explore/openings.ts';
import { search, type SearchOptions } from '../../../../main/sim/explore/search.ts';
import type { RuleId } from '../../../../shared/rules.ts';

describe('with all rules on', () => {
  it.each([
    { servers: 2, termMax: 2, proposalsMax: 0, crashesMax: 1 },
    { servers: 2, termMax: 3, proposalsMax: 0, crashesMax: 0 },
    { servers: 3, termMax: 1, proposalsMax: 0, crashesMax: 1 },
  ])('$servers servers, terms to $termMax, $crashesMax crashes: every state keeps every promise', (bounds) => {
    const { completed, violation, states } = search({ bounds });
    expect(violation).toBeUndefined();
    expect(completed).toBe(true);
    expect(states).toBeGreaterThan(500);
  });

  it('Figure 8 keeps its promise', () => {
    const bounds = { servers: 3, termMax: 4, proposalsMax: 0, crashesMax: 0 };
    expect(search({ bounds, opening: figure8, entriesMax: 1, statesMax: 3_000 }).violation).toBeUndefined();
  });
});

const wanted: readonly (SearchOptions & { readonly rule: RuleId; readonly promise: string })[] = [
  {
    rule: 'one-vote-per-term',
    promise: 'election safety',
    bounds: { servers: 3, termMax: 1, proposalsMax: 0, crashesMax: 0 },
  },
  {
    rule: 'up-to-date-vote',
    promise: 'leader completeness',
    bounds: { servers: 3, termMax: 2, proposalsMax: 0, crashesMax: 0 },
  },
  {
    rule: 'own-term-commit',
    promise: 'leader completeness',
    bounds: { servers: 3, termMax: 4, proposalsMax: 0, crashesMax: 0 },
    opening: figure8,
    entriesMax: 1,
  },
];

describe('with a rule off', () => {
  it.each(wanted)('$rule: finds where $promise breaks', ({ rule, promise, ...options }) => {
    const { violation } = search({ ...options, rulesOff: [rule], statesMax: 100_000 });
    expect(violation?.promise).toContain(promise);
  });
});

it('stops at the number of states that it is given', () => {
  const bounds = { servers: 3, termMax: 2, proposalsMax: 1, crashesMax: 1 };
  expect(search({ bounds, statesMax: 200 })).toMatchObject({ completed: false, states: 200 });
});
