import { expect, it } from 'vitest';
import type { LabEvent } from '../../../shared/event.ts';
import { createNetworkFaults } from '../../../main/faults/network-faults.ts';
import { createLamportClock } from '../../../main/lamport-clock.ts';
import { LinkRules } from '../../../main/sim/link-rules.ts';
import { Stamper } from '../../../main/sim/stamper.ts';
import { World } from '../../../main/sim/world.ts';

it('adds groups of rules and takes each away by itself, telling both', () => {
  const faults = createNetworkFaults(1);
  const events: LabEvent[] = [];
  const lab = new Stamper(-1, 1, createLamportClock(), new World(), (event) => events.push(event));
  const rules = new LinkRules(faults, lab, [0, 1, 2]);
  const healFirst = rules.add('isolate', rules.cutsFrom(1));
  rules.add('drop', rules.everywhere({ kind: 'drop', percent: 3 }));
  expect(faults.rules.map(({ id }) => id)).toEqual([
    'isolate 1.0',
    'isolate 1.1',
    ...[0, 1, 2, 3, 4, 5].map((position) => `drop 2.${position}`),
  ]);
  healFirst();
  expect(faults.rules).toHaveLength(6);
  rules.clear();
  expect(faults.rules).toEqual([]);
  expect(events.filter(({ type }) => type === 'fault-set')).toHaveLength(8);
  expect(events.filter(({ type }) => type === 'fault-cleared')).toHaveLength(8);
});

it('cuts every link between groups; those in no group are one more', () => {
  const faults = createNetworkFaults(1);
  const lab = new Stamper(-1, 1, createLamportClock(), new World(), () => {});
  const rules = new LinkRules(faults, lab, [0, 1, 2, 3]);
  const cut = rules.cutsBetween([[0, 3]]).map(({ link }) => `${link.from}${link.to}`);
  expect(cut.toSorted()).toEqual(['01', '02', '10', '13', '20', '23', '31', '32']);
});
