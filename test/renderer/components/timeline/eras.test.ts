import { describe, expect, it } from 'vitest';
import { labSourceId } from '../../../../shared/ids.ts';
import type { Landmark } from '../../../../shared/projection/landmarks.ts';
import { bandsOf, openBand } from '../../../../renderer/components/timeline/bands.ts';
import { faultSpansOf, reignsOf } from '../../../../renderer/components/timeline/eras.ts';
import { signsOf } from '../../../../renderer/components/timeline/signs.ts';

type Told = Pick<Landmark, 'kind' | 'type'> & Partial<Landmark>;

/** One each second. */
function told(...landmarks: readonly Told[]): Landmark[] {
  return landmarks.map((landmark, place) => ({ position: place, timeNs: place * 1e9, node: 0, ...landmark }));
}
const leads = (node: number, term: number): Told => ({
  kind: 'leader',
  type: 'role-changed',
  node,
  term,
  role: 'leader',
});
const steps = (node: number): Told => ({ kind: 'role', type: 'role-changed', node, term: 9, role: 'follower' });
const ends = (node: number): Told => ({ kind: 'end', type: 'node-ended', node });
const cut = (faultRule: string): Told => ({ kind: 'fault', type: 'link-cut', node: labSourceId, faultRule });
const heal = (faultRule: string): Told => ({ kind: 'heal', type: 'link-healed', node: labSourceId, faultRule });
const started: Told = { kind: 'bench', type: 'cluster-started', node: labSourceId };

describe('who led', () => {
  it('ends with the next leader, its step down, its end, or another cluster', () => {
    const reigns = reignsOf(
      told(
        leads(1, 1),
        leads(2, 2),
        steps(1),
        steps(2),
        leads(0, 3),
        ends(1),
        ends(0),
        leads(1, 4),
        started,
        leads(2, 1),
      ),
    );
    expect(reigns.map(({ node, term, fromNs, toNs }) => [node, term, fromNs / 1e9, toNs && toNs / 1e9])).toEqual([
      [1, 1, 0, 1],
      [2, 2, 1, 3],
      [0, 3, 4, 6],
      [1, 4, 7, 8],
      [2, 1, 9, undefined],
    ]);
  });
});

describe('what was broken', () => {
  it('lasts from the first fault to the last heal, and is healed by another cluster', () => {
    const spans = faultSpansOf(
      told(cut('a'), cut('b'), heal('a'), heal('b'), leads(1, 1), cut('c'), started, cut('d')),
    );
    expect(spans).toEqual([
      { fromNs: 0, toNs: 3e9, faultRules: ['a', 'b'] },
      { fromNs: 5e9, toNs: 6e9, faultRules: ['c'] },
      { fromNs: 7e9, toNs: undefined, faultRules: ['d'] },
    ]);
    expect(faultSpansOf(told(heal('x')))).toEqual([]);
  });
});

describe('in pixels', () => {
  const span = { fromNs: 0, toNs: 10e9 };

  it('bands are cut at the ends of the line, and one that goes on ends at the present', () => {
    const reigns = reignsOf(told(leads(1, 1), leads(2, 2), leads(0, 3)));
    expect(bandsOf(reigns, { fromNs: 5e8, toNs: 10e9 }, 950).map(({ x, width }) => [x, width])).toEqual([
      [0, 50],
      [50, 100],
    ]);
    expect(openBand(reigns.at(-1), 5e9, span, 1_000)).toMatchObject({ x: 200, width: 300 });
    expect(openBand(reigns[0], 5e9, span, 1_000)).toBeUndefined();
    expect(openBand(reigns.at(-1), 5e9, { fromNs: 6e9, toNs: 7e9 }, 1_000)).toBeUndefined();
  });

  it('a thousand short terms are as many bands as can be told apart', () => {
    const reigns = reignsOf(told(...Array.from({ length: 1_000 }, (_, term) => leads(term % 3, term))));
    expect(bandsOf(reigns, { fromNs: 0, toNs: 1_000e9 }, 300).length).toBeLessThanOrEqual(150);
  });

  it('signs on each other are one, of the gravest kind', () => {
    const violation: Told = { kind: 'violation', type: 'violation-found', node: 1 };
    const election: Told = { kind: 'election', type: 'election-started', node: 1, term: 2 };
    const landmarks = told(election, election, violation, leads(1, 2), ends(1));
    expect(signsOf(landmarks, span, 1_000)).toHaveLength(4);
    const [together, ...rest] = signsOf(landmarks, span, 30);
    expect(together).toMatchObject({ x: 0, kind: 'violation', landmarks: { length: 3 } });
    expect(rest.map(({ kind }) => kind)).toEqual(['end']);
    expect(signsOf(landmarks, { fromNs: 20e9, toNs: 30e9 }, 100)).toEqual([]);
  });
});
