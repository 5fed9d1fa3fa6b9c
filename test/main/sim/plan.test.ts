import { expect, it } from 'vitest';
import { isAdministratorAct, isClientAct, isWatchAct, type Act } from '../../../main/sim/plan.ts';

it('tells whose act it is', () => {
  const acts: Act[] = [
    { kind: 'open-session', client: 1 },
    { kind: 'transfer', to: 1 },
    { kind: 'gives-up', forMs: 5 },
    { kind: 'crash', node: 1, forMs: 5 },
  ];
  expect(acts.map((act) => [isClientAct(act), isAdministratorAct(act), isWatchAct(act)])).toEqual([
    [true, false, false],
    [false, true, false],
    [false, false, true],
    [false, false, false],
  ]);
});
