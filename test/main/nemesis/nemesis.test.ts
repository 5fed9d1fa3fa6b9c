import { expect, it } from 'vitest';
import { Nemesis } from '../../../main/nemesis/nemesis.ts';
import { faultCount } from '../../../shared/projection/cluster-view.ts';
import { startDrivenLab } from '../../support/sim-lab.ts';

it('makes trouble, and leaves a whole cluster behind', () => {
  const driven = startDrivenLab(5);
  const nemesis = new Nemesis({ port: driven.lab, nodes: [0, 1, 2, 3, 4], seed: 3, pace: 0.3 });
  nemesis.begin();
  driven.runFor(20_000);
  expect(Object.values(nemesis.counts).filter(({ done }) => done > 0).length).toBeGreaterThan(8);
  let isOver = false;
  nemesis.finish(() => {
    isOver = true;
  });
  driven.until(() => isOver);
  expect(nemesis).toMatchObject({ present: [], problems: [] });
  expect(faultCount(driven.lab.view)).toBe(0);
  expect(driven.lab.view.nodes.map(({ status }) => status)).toEqual(Array(5).fill('running'));
  expect(driven.append(driven.leader(), 'x').ok).toBe(true);
});

it('counts what the lab refuses, with the reason', () => {
  const driven = startDrivenLab(5);
  driven.do({ type: 'stop-cluster' });
  const nemesis = new Nemesis({ port: driven.lab, nodes: [0, 1, 2, 3, 4], seed: 3, pace: 0.3 });
  nemesis.begin();
  driven.runFor(5_000);
  expect(Object.values(nemesis.counts).every(({ done }) => done === 0)).toBe(true);
  expect(Object.keys(nemesis.refusals).every((reason) => reason.includes('No cluster is running'))).toBe(true);
  expect(Object.keys(nemesis.refusals).length).toBeGreaterThan(0);
});
