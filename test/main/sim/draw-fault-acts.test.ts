import { expect, it } from 'vitest';
import { faultActionSchema } from '../../../shared/fault-rule.ts';
import { drawFaultAct, drawFaultMix, drawInterruption } from '../../../main/sim/draw-fault-acts.ts';
import { Draws } from '../../../main/sim/draws.ts';

it('draws only the kinds of the mix, with actions that the fault rules know', () => {
  for (let seed = 0; seed < 100; seed++) {
    const draws = new Draws(seed, 'faults');
    const mix = drawFaultMix(draws, 300);
    if (mix.kinds.length === 0) continue;
    const kinds = new Set<string>(mix.kinds.map(([, kind]) => kind));
    for (let count = 0; count < 20; count++) {
      const act = drawFaultAct(draws, mix, [0, 1, 2, 3]);
      expect(kinds).toContain(act.kind);
      const action = act.kind === 'weather' || act.kind === 'link' ? act.action : { kind: 'cut' };
      expect(faultActionSchema.safeParse(action).error).toBe(undefined);
    }
  }
});

it('puts every server into one group of a partition', () => {
  const draws = new Draws(1, 'groups');
  const mix = { kinds: [[1, 'partition']] as const, longest: 500, atLeader: 0, beyondDrift: false };
  for (let count = 0; count < 50; count++) {
    const act = drawFaultAct(draws, mix, [0, 1, 2, 3, 4]);
    expect(act.kind === 'partition' && act.groups.flat().toSorted((one, other) => one - other)).toEqual([
      0, 1, 2, 3, 4,
    ]);
  }
});

it('keeps clocks within the promised drift unless the mix says otherwise', () => {
  const draws = new Draws(2, 'clocks');
  const mix = { kinds: [[1, 'clock-rate']] as const, longest: 500, atLeader: 0, beyondDrift: false };
  for (let count = 0; count < 200; count++) {
    const act = drawFaultAct(draws, mix, [0]);
    expect(act.kind === 'clock-rate' && Math.abs(act.partsPerMillion)).toBeLessThanOrEqual(100_000);
  }
});

it('interrupts whoever leads', () => {
  const draws = new Draws(3, 'interruptions');
  for (let count = 0; count < 50; count++) expect(drawInterruption(draws, 300)).toMatchObject({ node: 'leader' });
});
